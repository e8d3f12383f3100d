import HTTPTypes
import Logging
import Model

/// What a client gets for an error, as RFC 9457 has it.
struct ErrorAnswer {
    let problem: Problem
    let headers: HTTPFields

    /// Finds what to answer; what is our own fault is logged.
    init(_ error: any Error, to request: HTTPRequest, logger: Logger) {
        if let error = error as? UnauthorizedError {
            problem = error.problem
            headers = [.wwwAuthenticate: error.challenge]
            return
        }
        problem = Problem.describing(error, request)
        headers = [429, 503].contains(problem.status) ? [.retryAfter: "1"] : [:]
        if problem.status == 500 || problem.status == 507 {
            logger.error(
                "request failed",
                metadata: [
                    "method": "\(request.method)", "path": "\(request.plainPath)", "error": "\(error)",
                ])
        }
    }
}

extension HTTPRequest {
    /// The path without its query.
    var plainPath: Substring { (path ?? "").prefix { $0 != "?" } }
}

extension HTTPFields {
    /// The headers that keep an answer safe, unless it has others.
    mutating func addSafeguards() {
        self[.xContentTypeOptions] = "nosniff"
        if self[.cacheControl] == nil { self[.cacheControl] = "no-store" }
    }
}
