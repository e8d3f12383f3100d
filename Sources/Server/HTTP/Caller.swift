/// Who sent a request, as far as ``AccessMiddleware`` could tell.
enum Caller: Sendable, Equatable {
    /// Nobody in particular.
    case anonymous
    /// Somebody who has the API key.
    case person
    /// Somebody with a bearer token that only the Store can judge.
    case bearer(String)
}
