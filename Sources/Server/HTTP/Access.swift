/// What a route asks of its caller; whatever is not listed asks for the API key.
enum Access: Sendable, Equatable {
    /// Nothing: only for what says nothing but that the server is alive.
    case everyone
    /// The API key, also as a browser's password; nothing where anonymous reading is allowed.
    case reader
    /// The API key as a bearer token.
    case person
    /// Some bearer token, which the handler has the Store check against the Run.
    case runner
}
