/// What a request asks the server to do.
public enum HTTPMethod: String, Sendable, Hashable, CaseIterable {
    /// Read. The response has a body.
    case get = "GET"
    /// Read the headers that a GET would give, without the body.
    case head = "HEAD"
    /// Hand something in. Never repeated by the client itself.
    case post = "POST"
    /// Store under the URL.
    case put = "PUT"
    /// Change a part.
    case patch = "PATCH"
    /// Remove.
    case delete = "DELETE"
    /// Ask what is possible.
    case options = "OPTIONS"

    /// Whether a request without a body still says so with `Content-Length: 0`.
    var announcesEmptyBody: Bool { self == .post || self == .put || self == .patch }
}
