import HTTPTypes
import Hummingbird
import Model

/// One thing that the server does, with everything that bounds it.
struct Route: Sendable {
    /// Stands before a route that everyone may call.
    struct Gate: Sendable {
        /// Throws when the request is not to be read at all; else says who sends it.
        let admit: @Sendable (Request, APIContext) throws -> String
        /// Bounds what the bodies of all requests take together.
        let budget: ByteBudget
    }

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
    /// What is asked before the body is read.
    let gate: Gate?
    let handler: Handler

    init(
        _ method: HTTPRequest.Method, _ path: String, _ access: Access, bodyBytesMax: Int = Route.jsonBytesMax,
        timeout: Duration = .seconds(30), gate: Gate? = nil, _ handler: @escaping Handler
    ) {
        self.method = method
        self.path = path
        self.access = access
        self.bodyBytesMax = bodyBytesMax
        self.timeout = timeout
        self.gate = gate
        self.handler = handler
    }

    /// How the router will name it.
    var key: RouteKey { RouteKey(method: method, path: RouterPath(path).description) }

    /// Reads the body within its bound, then answers, both within the time-out.
    func respond(to request: Request, context: APIContext) async throws -> Response {
        let announced = request.headers[.contentLength].flatMap { Int($0) } ?? 0
        if announced > bodyBytesMax { throw Problem.bodyTooLarge(bytesMax: bodyBytesMax) }
        let source = try gate?.admit(request, context) ?? ""
        return try await Deadline.run(within: timeout) {
            guard let gate else { return try await respond(to: request, try await body(of: request), context) }
            let body = try await BoundedBody(request.body, bytesMax: bodyBytesMax, budget: gate.budget, source: source)
            defer { body.giveBack() }
            return try await respond(to: request, body.bytes, context)
        }
    }

    private func body(of request: Request) async throws -> ByteBuffer {
        try await request.body.collect(upTo: bodyBytesMax)
    }

    private func respond(to request: Request, _ body: ByteBuffer, _ context: APIContext) async throws -> Response {
        try await handler(
            Call(
                request: request, parameters: context.parameters, body: body, caller: context.caller,
                context: context))
    }
}
