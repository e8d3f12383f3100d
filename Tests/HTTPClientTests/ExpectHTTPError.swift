import HTTPClient
import Testing

/// Expects that `body` fails with `code`, and gives the error.
@discardableResult
func expectHTTPError(
    _ code: HTTPError.Code, sourceLocation: SourceLocation = #_sourceLocation, _ body: () async throws -> Void
) async -> HTTPError? {
    do {
        try await body()
        Issue.record("nothing was thrown instead of \(code)", sourceLocation: sourceLocation)
    } catch let error as HTTPError {
        #expect(error.code == code, "\(error)", sourceLocation: sourceLocation)
        return error
    } catch {
        Issue.record("\(error) was thrown instead of \(code)", sourceLocation: sourceLocation)
    }
    return nil
}
