import Model

/// The body of `POST /api/v1/notify/targets`.
public struct NoticeTargetRequest: Sendable, Codable {
    /// What is told.
    public enum Service: String, Sendable, Codable, CaseIterable {
        /// Commit statuses of a repo's git host.
        case status
        /// Deployments of a repo's git host, which GitHub alone has.
        case deployments
        /// A chat that takes what Slack's incoming webhooks take.
        case slack
        /// A program that takes signed events.
        case webhook
    }

    /// What is told.
    public var service: Service
    /// Whose events: a repo's id, name or URL; needed for a git host, else nil means all.
    public var repo: String?
    /// The kind of git host; nil where the repo's URL tells.
    public var host: GitHost?
    /// The base of the git host's API; nil where the repo's URL tells.
    public var api: String?
    /// What the git host calls the repo; nil where the repo's URL tells.
    public var project: String?
    /// The git host's access token.
    public var token: String?
    /// Where a chat or program takes messages.
    public var url: String?
    /// The kinds of events, such as `build.*`; nil for the usual ones.
    public var on: [String]?
    /// Only packages whose name fits.
    public var package: String?
    /// Only environments whose name fits.
    public var environment: String?

    /// Makes a request of one service; the rest is nil.
    public init(_ service: Service) {
        self.service = service
    }
}
