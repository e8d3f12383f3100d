import Git
import HostAPI
import Model

/// How remotes are talked to: with the credentials that the Store keeps for them.
struct RemoteCredentials: Sendable {
    let identities: HostIdentities
    /// The certificate authorities that https hosts are trusted by; nil for the system's.
    let authoritiesFile: String?

    /// The access to a repository, read anew each time, so that a credential that was replaced counts at once.
    ///
    /// - Throws: `authenticationFailed` when a credential cannot be opened or used, `unreachable` when the database is
    ///   away, or the host that makes a token of an App.
    func access(to url: RemoteURL) async throws(GitError) -> RemoteAccess {
        do throws(HostAPIError) {
            let (forms, token) = try await identities.reading(url.text)
            let renewal = token.map { token in AccessRenewal { [identities] in identities.drop(token) } }
            return RemoteAccess(forms, authoritiesFile: authoritiesFile, renewal: renewal)
        } catch {
            let code: GitError.Code =
                switch error.code {
                case .cancelled: .cancelled
                case .unavailable: .unreachable
                case .unauthorized, .refused, .garbled, .unusable: .authenticationFailed
                }
            var failure = GitError(
                code, operation: "talk to", subject: url.description, cause: "\(error)", hint: error.hint)
            failure.retryAfter = error.pause
            throw failure
        }
    }
}
