/// Which `Location` headers a session follows by itself.
///
/// 301 and 302 turn a POST into a GET, 303 turns everything but HEAD into one, 307 and 308 repeat the request.
public enum HTTPRedirects: Sendable, Hashable {
    /// None: the response with its 3xx status is the result.
    case asResponse
    /// Those to the same scheme, host and port, or from http to https on the same host. Another host is the error
    /// `redirectRefused`, more than `countMax` of them `tooManyRedirects`.
    case sameHost(countMax: Int = 5)
    /// Those to any host, but never from https back to http. Another host is sent none of the request's headers
    /// that could be credentials: only `Accept`, `Accept-Language`, `Content-Type`, `Range` and `User-Agent` go
    /// along, and the signature is left off.
    case anyHost(countMax: Int = 5)
}
