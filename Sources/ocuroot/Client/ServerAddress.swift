import Model

/// A server that was found, and what opens it.
struct ServerAddress: Sendable, Equatable {
    /// Its address without a trailing slash.
    let url: String
    /// The API key; nil when none was found.
    let apiKey: String?

    /// The address without a password.
    var shown: String { RepoURL.withoutPassword(url) }
}
