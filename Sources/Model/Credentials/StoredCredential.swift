import Foundation

/// What may be seen of a credential that the server keeps for the repositories under a URL.
public struct StoredCredential: Identified, Sendable, Codable {
    /// Credential ids begin with `k`.
    public static let idPrefix = "k"

    /// The row's id.
    public let id: CredentialID
    /// The URL of a repository, of a group of them or of a host, as ``RemotePlace`` writes it.
    public let prefix: String
    /// What it is.
    public let kind: CredentialKind
    /// What is no secret of it: `user`, `fingerprint`, `subject`, `expiresAt`, `hosts`, `proxy`, `app`, `installation`,
    /// `api`.
    public let facts: [String: String]
    /// When it was first kept.
    public let createdAt: Date
    /// When it was last replaced.
    public let updatedAt: Date
    /// Who did that.
    public let updatedBy: String
    /// When it was last used, to about a minute; nil for never.
    public let usedAt: Date?
    /// Why the last use failed; nil when it did not.
    public let error: String?

    /// Makes a value from its parts.
    public init(
        id: CredentialID, prefix: String, kind: CredentialKind, facts: [String: String], createdAt: Date,
        updatedAt: Date, updatedBy: String, usedAt: Date?, error: String?
    ) {
        self.id = id
        self.prefix = prefix
        self.kind = kind
        self.facts = facts
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.updatedBy = updatedBy
        self.usedAt = usedAt
        self.error = error
    }

    /// Those that are for a repository: of each kind the one with the longest prefix.
    ///
    /// Of a password and a GitHub App, which both say who we are, only that with the longer one, else the App.
    public static func matching(_ url: String, among all: [StoredCredential]) -> [StoredCredential] {
        guard let place = RemotePlace(url) else { return [] }
        var best: [CredentialKind: (depth: Int, credential: StoredCredential)] = [:]
        for credential in all where credential.kind.schemes.contains(place.scheme) {
            guard let prefix = RemotePlace(credential.prefix), prefix.covers(place),
                prefix.path.count >= best[credential.kind]?.depth ?? 0
            else { continue }
            best[credential.kind] = (prefix.path.count, credential)
        }
        if let password = best[.password], let app = best[.gitHubApp] {
            best[password.depth > app.depth ? .gitHubApp : .password] = nil
        }
        return CredentialKind.allCases.compactMap { best[$0]?.credential }
    }
}
