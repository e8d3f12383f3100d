/// A response before its body.
struct HTTPResponseHead: Sendable {
    var status: Int
    var headers: HTTPHeaders
}
