import Foundation
import HTTPTypes
import Hummingbird
import Logging
import Model

/// A request as a handler sees it: read to its end, its caller known.
struct Call: Sendable {
    /// The request's line and headers.
    let request: Request
    /// What the path's placeholders matched.
    let parameters: Parameters
    /// The body; at most as long as the route allows.
    let body: ByteBuffer
    /// Who sent it.
    let caller: Caller
    /// The context of the request, for what few handlers ask.
    let context: APIContext

    /// Names the request in each line.
    var logger: Logger { context.logger }

    /// The id in the path.
    ///
    /// - Throws: a ``Problem`` when it is not of the form that such ids have.
    func id<Subject: Identified>(_ type: Identifier<Subject>.Type = Identifier<Subject>.self) throws
        -> Identifier<Subject>
    {
        let text = parameters.get("id") ?? ""
        guard let id = Identifier<Subject>(text) else {
            throw Problem.invalid("'\(text)' is not an id of the form \(Subject.idPrefix)NUMBER")
        }
        return id
    }

    /// A query parameter; nil when it is missing or empty.
    func query(_ name: String) -> String? {
        guard let value = request.uri.queryParameters[name[...]], !value.isEmpty else { return nil }
        return String(value)
    }

    /// A query parameter read as something other than text; nil when it is missing or empty.
    ///
    /// - Throws: a ``Problem`` when it cannot be read so.
    func query<Value: LosslessStringConvertible>(_ name: String, as type: Value.Type) throws -> Value? {
        guard let text = query(name) else { return nil }
        guard let value = Value(text) else { throw Problem.invalid("'\(name)' cannot be '\(text)'") }
        return value
    }

    /// A query parameter that is one of some words; nil when it is missing or empty.
    ///
    /// - Throws: a ``Problem`` when it is another.
    func query<Word: RawRepresentable<String>>(_ name: String, oneOf words: Word.Type) throws -> Word? {
        guard let text = query(name) else { return nil }
        guard let word = Word(rawValue: text) else { throw Problem.invalid("'\(name)' cannot be '\(text)'") }
        return word
    }

    /// A number in the query, bounded.
    func limit(_ name: String = "limit", default standard: Int, atMost bound: Int) throws -> Int {
        let value = try query(name, as: Int.self) ?? standard
        guard value > 0 else { throw Problem.invalid("'\(name)' must be at least 1") }
        return min(value, bound)
    }

    /// How long a long-polling caller wants to wait: `wait` in seconds, at most a minute, nothing by default.
    func wait() throws -> Duration {
        let seconds = try query("wait", as: Double.self) ?? 0
        guard seconds >= 0 else { throw Problem.invalid("'wait' cannot be negative") }
        return .seconds(min(seconds, 60))
    }

    /// The JSON body.
    func json<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try JSONText.decode(type, from: Data(body.readableBytesView))
    }

    /// The bearer token that the Store is to judge; nil for a person with the API key.
    var bearer: String? {
        if case .bearer(let token) = caller { token } else { nil }
    }
}
