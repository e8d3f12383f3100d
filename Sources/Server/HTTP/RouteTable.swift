import Hummingbird

/// Builds the router from the list of routes; nothing is served that is not in the list.
enum RouteTable {
    /// A router with the middleware in front of every route, found or not.
    static func router(
        _ routes: [Route], apiKey: APIKey, isAnonymousReadAllowed: Bool
    ) -> Router<APIContext> {
        let router = Router(context: APIContext.self)
        router.add(middleware: ProblemMiddleware())
        router.add(
            middleware: AccessMiddleware(
                table: Dictionary(uniqueKeysWithValues: routes.map { ($0.key, $0.access) }), apiKey: apiKey,
                isAnonymousReadAllowed: isAnonymousReadAllowed))
        for route in routes {
            router.on(RouterPath(route.path), method: route.method) { request, context in
                try await route.respond(to: request, context: context)
            }
        }
        return router
    }
}
