import Git
import Model
import Store

/// How remotes are talked to: with the credentials that the Store keeps for them.
struct RemoteCredentials: Sendable {
    let store: StateStore
    /// The certificate authorities that https hosts are trusted by; nil for the system's.
    let authoritiesFile: String?

    /// The access to a repository, read anew each time, so that a credential that was replaced counts at once.
    ///
    /// - Throws: `authenticationFailed` when a credential cannot be opened, `failed` when the database is away.
    func access(to url: RemoteURL) async throws(GitError) -> RemoteAccess {
        do throws(StoreError) {
            let opened = try await store.openCredentials(for: url.text)
            return RemoteAccess(opened.map(\.form), authoritiesFile: authoritiesFile)
        } catch {
            let isLost = error.code == .noMasterKey || error.code == .corrupted
            throw GitError(
                isLost ? .authenticationFailed : .failed, operation: "read the credentials for",
                subject: url.description, cause: error.reason,
                hint: isLost ? "give the server its master key, or keep the credential again" : nil)
        }
    }
}
