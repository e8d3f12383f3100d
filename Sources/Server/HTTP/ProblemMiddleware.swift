import Hummingbird

/// Turns every error into a problem that a client can show, and gives every answer the headers that keep it safe.
struct ProblemMiddleware: RouterMiddleware {
    typealias Context = APIContext

    func handle(
        _ request: Request, context: APIContext, next: (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        var response: Response
        do {
            response = try await next(request, context)
        } catch {
            let answer = ErrorAnswer(error, to: request.head, logger: context.logger)
            response = .problem(answer.problem, headers: answer.headers)
        }
        response.headers.addSafeguards()
        return response
    }
}
