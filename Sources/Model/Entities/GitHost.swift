/// A kind of git host: by whose rules its webhooks are signed and read.
///
/// The raw values are what people write and what is stored.
public enum GitHost: String, CaseIterable, Hashable, Sendable, Codable {
    /// github.com and GitHub Enterprise Server.
    case github
    /// gitlab.com and self-managed GitLab.
    case gitlab
    /// Gitea and Forgejo, and what is made of them, such as Codeberg.
    case gitea
    /// Bitbucket Cloud.
    case bitbucket
    /// Bitbucket Data Center, formerly Server.
    case bitbucketDataCenter = "bitbucket-dc"
    /// Azure DevOps Services and Server.
    case azure
    /// Anything that signs as docs/webhooks.md says, such as `hack/post-receive` of a bare repository.
    case generic
}
