import HTTPTypes
import Hummingbird
import Model

/// Lets a request through to its route only if its caller may: deny by default.
///
/// A route that the table does not list, however it came to be registered, asks for the API key.
struct AccessMiddleware: RouterMiddleware {
    typealias Context = APIContext

    /// What each route asks, by ``RouteKey``.
    let table: [RouteKey: Access]
    /// The one API key.
    let apiKey: APIKey
    /// Whether ``Access/reader`` is open to everyone.
    let isAnonymousReadAllowed: Bool

    func handle(
        _ request: Request, context: APIContext, next: (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        if context.endpointPath == RouteKey.notFoundPath { return try await next(request, context) }
        let key = RouteKey(method: request.method, path: context.endpointPath ?? "")
        context.caller = try caller(of: request, for: table[key] ?? .person)
        return try await next(request, context)
    }

    private func caller(of request: Request, for access: Access) throws -> Caller {
        let credentials = Credentials(request.headers[.authorization])
        switch (access, credentials) {
        case (.everyone, _):
            return .anonymous
        case (.reader, nil) where isAnonymousReadAllowed && HostName.isSafeForAnonymous(request.head.authority):
            return .anonymous
        case (.reader, .basic(let password)) where try apiKey.matches(password):
            return .person
        case (.reader, .bearer(let token)) where try apiKey.matches(token),
            (.person, .bearer(let token)) where try apiKey.matches(token):
            return .person
        case (.runner, .bearer(let token)):
            return try apiKey.matches(token) ? .person : .bearer(token)
        default:
            throw UnauthorizedError(isForBrowsers: access == .reader, hadCredentials: credentials != nil)
        }
    }
}
