/// A statement: SQL text and the values bound to its placeholders.
///
/// Write it as a string literal. Each interpolated value becomes a `$n` placeholder and travels apart from the text,
/// so that no value is ever parsed as SQL:
///
/// ```swift
/// let statement: SQL = "SELECT name FROM package WHERE id = \(id) AND state = ANY(\(states))"
/// ```
///
/// Concatenation renumbers the placeholders. Placeholders must not be written by hand.
public struct SQL: Sendable {
    /// The text around the binds: always one piece more than there are binds.
    var pieces: [String]
    var binds: [SQLBind]

    /// Makes a statement without binds from text that is part of the program.
    public init(_ text: StaticString) {
        pieces = [text.description]
        binds = []
    }

    init(pieces: [String], binds: [SQLBind]) {
        self.pieces = pieces
        self.binds = binds
    }

    /// The text as the server gets it, with `$1`, `$2`, … for the bound values.
    public var text: String {
        var result = pieces[0]
        for index in binds.indices {
            result += "$\(index + 1)"
            result += pieces[index + 1]
        }
        return result
    }

    /// How many values are bound; PostgreSQL accepts at most 65,535.
    public var bindCount: Int { binds.count }

    /// Adds `other` to the end, its placeholders numbered on.
    public static func += (left: inout SQL, right: SQL) {
        left.pieces[left.pieces.count - 1] += right.pieces[0]
        left.pieces += right.pieces.dropFirst()
        left.binds += right.binds
    }

    /// The two statements as one, the placeholders of the second numbered on.
    public static func + (left: SQL, right: SQL) -> SQL {
        var sum = left
        sum += right
        return sum
    }
}

extension Sequence<SQL> {
    /// The statements as one, with `separator` between each two.
    public func joined(separator: SQL) -> SQL {
        var result = SQL("")
        var isFirst = true
        for part in self {
            if !isFirst { result += separator }
            isFirst = false
            result += part
        }
        return result
    }
}
