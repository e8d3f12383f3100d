import Hummingbird
import NIOCore

/// What travels with a request through middleware and routes.
struct APIContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// Who sent it; anonymous until ``AccessMiddleware`` has looked.
    var caller = Caller.anonymous
    /// The other end of the connection.
    let peer: SocketAddress?

    init(source: Source) {
        peer = source.channel.remoteAddress
        coreContext = CoreRequestContextStorage(source: source)
    }
}
