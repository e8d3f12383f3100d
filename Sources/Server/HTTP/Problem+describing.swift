import HTTPTypes
import Hummingbird
import Model
import NIOCore
import NIOHTTP1
import ObjectStore
import Store

extension Problem {
    /// What a client is told of an error; what is our own fault stays in the log.
    static func describing(_ error: any Error, _ request: HTTPRequest) -> Problem {
        switch error {
        case let problem as Problem: return problem
        case let error as StoreError: return describing(error)
        case let error as ObjectStoreError: return describing(error)
        case let error as HTTPError where error.status == .notFound: return noRoute(request)
        case let error as HTTPError:
            return Problem(
                status: error.status.code, code: "bad_request", detail: error.body ?? error.status.reasonPhrase)
        case let error as HTTPParserError: return .invalid("the body cannot be read: \(error)")
        case is NIOTooManyBytesError: return bodyTooLarge(bytesMax: nil)
        case let error as DecodingError: return describing(error)
        default:
            return Problem(
                status: 500, code: "internal", detail: "the server failed at this request",
                hint: "its log says more")
        }
    }

    /// 413: the body exceeds what the route takes.
    static func bodyTooLarge(bytesMax: Int?) -> Problem {
        let bound = bytesMax.map { ", which takes at most \($0) bytes" } ?? ""
        return Problem(status: 413, code: "body_too_large", detail: "the body is too large for this route\(bound)")
    }

    /// 404 for something that a route names and that does not exist.
    static func notFound(_ what: String, hint: String? = nil) -> Problem {
        Problem(status: 404, code: "not_found", detail: "there is no \(what)", hint: hint)
    }

    /// 400 for a parameter or field that cannot be read.
    static func invalid(_ detail: String, hint: String? = nil) -> Problem {
        Problem(status: 400, code: "invalid_request", detail: detail, hint: hint)
    }

    /// Runs `work`; of a conflict that the Store reports, a problem is made that says more.
    static func replacingConflicts<Value>(
        with problem: (StoreError) -> Problem, of work: () async throws -> Value
    ) async throws -> Value {
        do {
            return try await work()
        } catch let error as StoreError {
            if error.code == .conflict { throw problem(error) }
            throw error
        }
    }

    private static func noRoute(_ request: HTTPRequest) -> Problem {
        Problem(
            status: 404, code: "no_such_route",
            detail: "\(request.method) \(request.plainPath) is nothing that is served",
            hint: "docs/api.md lists what the HTTP API offers")
    }

    private static func describing(_ error: StoreError) -> Problem {
        switch error.code {
        case .notFound: Problem(status: 404, code: "not_found", detail: error.sentence)
        case .conflict: Problem(status: 409, code: "conflict", detail: error.sentence)
        case .leaseLost:
            Problem(
                status: 409, code: "lease_lost", detail: "\(error)",
                hint: "another runner has this run, or it has ended: stop everything that this one started")
        case .unavailable:
            Problem(
                status: 503, code: "database_unavailable", detail: "the database does not answer right now",
                hint: "try again in a moment")
        case .invalid: Problem(status: 422, code: "invalid", detail: error.sentence)
        case .cancelled:
            Problem(status: 503, code: "cancelled", detail: "the request was given up", hint: "try again")
        case .noMasterKey:
            Problem(
                status: 503, code: "no_master_key", detail: error.sentence + (error.cause.map { ": \($0)" } ?? ""),
                hint: "whoever runs the server gives it the key, in OCUROOT_MASTER_KEY or with --master-key-file")
        case .corrupted:
            Problem(
                status: 500, code: "internal", detail: "the server failed at this request", hint: "its log says more")
        }
    }

    /// What the object store says is safe to show: it names no credentials and no content.
    private static func describing(_ error: ObjectStoreError) -> Problem {
        switch error.code {
        case .outOfSpace:
            Problem(
                status: 507, code: "object_store_full", detail: "the object store has no space left: \(error)",
                hint: "free space on the server's object store, then try again")
        case .unavailable:
            Problem(
                status: 503, code: "object_store_unavailable", detail: "the object store does not answer: \(error)",
                hint: "try again in a moment")
        case .tooLarge:
            Problem(status: 413, code: "object_too_large", detail: "\(error)")
        default:
            Problem(
                status: 500, code: "object_store_failed", detail: "the object store failed: \(error)",
                hint: "check the server's --object-store and its permissions")
        }
    }

    private static func describing(_ error: DecodingError) -> Problem {
        let (place, text): ([any CodingKey], String) =
            switch error {
            case .keyNotFound(let key, let context): (context.codingPath, "'\(key.stringValue)' is missing")
            case .typeMismatch(_, let context): (context.codingPath, context.debugDescription)
            case .valueNotFound(_, let context): (context.codingPath, context.debugDescription)
            case .dataCorrupted(let context): (context.codingPath, context.debugDescription)
            @unknown default: ([], "it does not fit")
            }
        let path = place.map(\.stringValue).joined(separator: ".")
        return .invalid("the body cannot be read: \(path.isEmpty ? "" : "\(path): ")\(text)")
    }
}

extension StoreError {
    /// What a person is told: what it concerns and why, without the call's name or the database's words.
    var sentence: String { subject.map { "\($0): \(reason)" } ?? reason }
}
