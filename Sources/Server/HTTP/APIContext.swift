import Hummingbird

/// What travels with a request through middleware and routes.
struct APIContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// Who sent it; anonymous until ``AccessMiddleware`` has looked.
    var caller = Caller.anonymous

    init(source: Source) {
        coreContext = CoreRequestContextStorage(source: source)
    }
}
