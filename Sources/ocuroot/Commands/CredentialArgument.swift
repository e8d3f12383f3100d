import Model
import Server

/// What people may write for kept credentials: an id, or the URL that they are kept for.
enum CredentialArgument {
    /// Those that are meant, at least one.
    ///
    /// - Throws: a ``CommandError`` when there are none.
    static func find(_ text: String, kind: CredentialKind?, _ client: APIClient) async throws -> [StoredCredential] {
        let list: CredentialList = try await client.get("/api/v1/credentials")
        let prefix = RemotePlace(text)?.description
        let found = list.credentials.filter {
            ("\($0.id)" == text || $0.prefix == prefix) && (kind == nil || $0.kind == kind)
        }
        guard !found.isEmpty else {
            throw CommandError(
                "no credential is kept for '\(RepoURL.withoutPassword(text))'",
                hint: "'ocuroot auth list' shows what is kept")
        }
        return found
    }
}

/// A kind as people write it.
extension CredentialKind {
    /// All of them, for help texts.
    static let names = allCases.map(\.rawValue).joined(separator: ", ")
}
