import HTTPTypes
import Hummingbird
import Model

/// One thing that the server does, with everything that bounds it.
struct Route: Sendable {
    /// Does it.
    typealias Handler = @Sendable (Call) async throws -> Response

    /// No JSON body is longer, where a route does not say otherwise.
    static let jsonBytesMax = 64 << 10

    let method: HTTPRequest.Method
    /// A template such as `/api/v1/runs/:id`.
    let path: String
    let access: Access
    /// The longest body it takes.
    let bodyBytesMax: Int
    /// From the first line of the request until the answer begins.
    let timeout: Duration
    let handler: Handler

    init(
        _ method: HTTPRequest.Method, _ path: String, _ access: Access, bodyBytesMax: Int = Route.jsonBytesMax,
        timeout: Duration = .seconds(30), _ handler: @escaping Handler
    ) {
        self.method = method
        self.path = path
        self.access = access
        self.bodyBytesMax = bodyBytesMax
        self.timeout = timeout
        self.handler = handler
    }

    /// How the router will name it.
    var key: RouteKey { RouteKey(method: method, path: RouterPath(path).description) }

    /// Reads the body within its bound, then answers, both within the time-out.
    func respond(to request: Request, context: APIContext) async throws -> Response {
        let announced = request.headers[.contentLength].flatMap { Int($0) } ?? 0
        if announced > bodyBytesMax { throw Problem.bodyTooLarge(bytesMax: bodyBytesMax) }
        if try request.head.expectsContinue() { context.askForBody() }
        return try await Deadline.run(within: timeout) {
            try await handler(
                Call(
                    request: request, parameters: context.parameters,
                    body: try await request.body.collect(upTo: bodyBytesMax), caller: context.caller,
                    context: context))
        }
    }
}
