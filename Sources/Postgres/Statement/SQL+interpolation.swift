import Foundation

extension SQL: ExpressibleByStringInterpolation, ExpressibleByStringLiteral {
    /// Makes a statement without binds from a literal.
    public init(stringLiteral value: String) {
        self.init(pieces: [value], binds: [])
    }

    /// Makes a statement from a literal with interpolated values.
    public init(stringInterpolation: StringInterpolation) {
        self = stringInterpolation.sql
    }

    /// Collects the parts of a literal: its text as text, its values as binds.
    public struct StringInterpolation: StringInterpolationProtocol {
        var sql: SQL

        /// Starts an empty statement.
        public init(literalCapacity: Int, interpolationCount: Int) {
            sql = SQL("")
            sql.binds.reserveCapacity(interpolationCount)
        }

        /// Adds text of the literal itself.
        public mutating func appendLiteral(_ literal: String) {
            sql.pieces[sql.pieces.count - 1] += literal
        }

        /// Binds `value`.
        public mutating func appendInterpolation<Value: PostgresBindable>(_ value: Value) {
            bind(SQLBind(type: Value.postgresType, content: .bytes(value.postgresBytes)))
        }

        /// Binds `value`, NULL if there is none.
        public mutating func appendInterpolation<Value: PostgresBindable>(_ value: Value?) {
            bind(SQLBind(type: Value.postgresType, content: .bytes(value?.postgresBytes)))
        }

        /// Inserts another statement with its binds.
        public mutating func appendInterpolation(_ other: SQL) {
            sql += other
        }

        /// Inserts text that is part of the program, such as a list of columns.
        public mutating func appendInterpolation(raw text: StaticString) {
            appendLiteral(text.description)
        }

        /// Inserts the name of a schema, table, column or channel, quoted.
        public mutating func appendInterpolation(identifier name: String) {
            appendLiteral(SQL.quoted(identifier: name))
        }

        /// Binds `value` as `jsonb`; `nil` binds NULL.
        ///
        /// Keys are sorted; dates are written as Swift writes them by default, as seconds since 2001. If the value
        /// cannot be encoded, running the statement throws an ``PostgresError/Code/encoding`` error.
        public mutating func appendInterpolation<Value: Encodable>(json value: Value?) {
            guard let value else { return bind(SQLBind(type: .jsonb, content: .bytes(nil))) }
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            do {
                bind(json: try encoder.encode(value))
            } catch {
                bind(SQLBind(type: .jsonb, content: .failed("\(Value.self) cannot be encoded as JSON")))
            }
        }

        /// Binds bytes that are JSON text as `jsonb`; `nil` binds NULL.
        public mutating func appendInterpolation(json text: Data?) {
            guard let text else { return bind(SQLBind(type: .jsonb, content: .bytes(nil))) }
            bind(json: text)
        }

        private mutating func bind(json text: Data) {
            let binaryFormatVersion: UInt8 = 1
            bind(SQLBind(type: .jsonb, content: .bytes([binaryFormatVersion] + text)))
        }

        private mutating func bind(_ value: SQLBind) {
            sql.binds.append(value)
            sql.pieces.append("")
        }
    }

    static func quoted(identifier name: String) -> String {
        // By scalars: with an accent on it a quote is part of another character, and still a quote.
        let safe = name.unicodeScalars.flatMap { $0 == "\0" ? [] : $0 == "\"" ? [$0, $0] : [$0] }
        return "\"\(String(String.UnicodeScalarView(safe)))\""
    }
}

extension SQL: CustomStringConvertible {
    /// The text without the bound values, which may be secret.
    public var description: String { text }
}
