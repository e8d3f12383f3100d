extension NoticeTarget {
    /// What is told, and by whose rules.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// Commit statuses of GitHub.
        case githubStatus = "github-status"
        /// Commit statuses of GitLab.
        case gitlabStatus = "gitlab-status"
        /// Commit statuses of Gitea and Forgejo.
        case giteaStatus = "gitea-status"
        /// Build statuses of Bitbucket Cloud.
        case bitbucketStatus = "bitbucket-status"
        /// Build statuses of Bitbucket Data Center.
        case bitbucketDataCenterStatus = "bitbucket-dc-status"
        /// Deployments of GitHub.
        case githubDeployment = "github-deployment"
        /// A chat that takes what Slack's incoming webhooks take.
        case slack
        /// A program that takes signed events.
        case webhook

        /// Commit statuses for a git host; nil for one that has none.
        public static func status(of host: GitHost) -> Kind? {
            switch host {
            case .github: .githubStatus
            case .gitlab: .gitlabStatus
            case .gitea: .giteaStatus
            case .bitbucket: .bitbucketStatus
            case .bitbucketDataCenter: .bitbucketDataCenterStatus
            case .azure, .generic: nil
            }
        }

        /// The git host that is told; nil for chats and programs.
        public var host: GitHost? {
            switch self {
            case .githubStatus, .githubDeployment: .github
            case .gitlabStatus: .gitlab
            case .giteaStatus: .gitea
            case .bitbucketStatus: .bitbucket
            case .bitbucketDataCenterStatus: .bitbucketDataCenter
            case .slack, .webhook: nil
            }
        }

        /// The events that are told unless others are chosen; empty where they cannot be chosen.
        public var standardEvents: [String] {
            switch self {
            case .slack:
                [
                    "build.failed", "change.failed", "deployment.failed", "deployment.succeeded", "package.failed",
                    "placement.blocked", "placement.failed", "repo.unreachable",
                ]
            case .webhook: ["*"]
            default: []
            }
        }

        /// How many requests are under way at once; one where the order is read by people.
        public var requestsMax: Int {
            self == .slack || self == .webhook ? 1 : 4
        }
    }
}
