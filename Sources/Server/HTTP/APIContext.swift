import HTTPTypes
import Hummingbird
import NIOCore
import NIOHTTPTypes

/// What travels with a request through middleware and routes.
struct APIContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// Who sent it; anonymous until ``AccessMiddleware`` has looked.
    var caller = Caller.anonymous

    private let channel: any Channel

    init(source: Source) {
        channel = source.channel
        coreContext = CoreRequestContextStorage(source: source)
    }

    /// Asks for the body, which some senders hold back until then.
    func askForBody() {
        channel.writeAndFlush(HTTPResponsePart.head(HTTPResponse(status: .continue)), promise: nil)
    }
}
