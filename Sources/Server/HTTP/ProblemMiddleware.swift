import HTTPTypes
import Hummingbird
import Model

/// Turns every error into a problem that a client can show, and gives every answer the headers that keep it safe.
struct ProblemMiddleware: RouterMiddleware {
    typealias Context = APIContext

    func handle(
        _ request: Request, context: APIContext, next: (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        var response: Response
        do {
            response = try await next(request, context)
        } catch let error as UnauthorizedError {
            response = .problem(error.problem, headers: [.wwwAuthenticate: error.challenge])
        } catch {
            let problem = Problem.describing(error, request)
            if problem.status == 500 || problem.status == 507 {
                context.logger.error(
                    "request failed",
                    metadata: ["method": "\(request.method)", "path": "\(request.uri.path)", "error": "\(error)"])
            }
            let headers: HTTPFields = [429, 503].contains(problem.status) ? [.retryAfter: "1"] : [:]
            response = .problem(problem, headers: headers)
        }
        response.headers[.xContentTypeOptions] = "nosniff"
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        return response
    }
}
