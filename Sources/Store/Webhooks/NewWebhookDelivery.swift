import Model

/// A delivery that is about to be accepted.
public struct NewWebhookDelivery: Sendable {
    /// How many bytes of a body are kept, to be shown: so few that a row is not longer than the database likes, which
    /// would else compress each.
    public static let keptBytesMax = 1_500

    /// The repo whose webhook it came to.
    public let repo: RepoID
    /// By whose rules it was read.
    public let host: GitHost
    /// What the host calls it.
    public let deliveryID: String
    /// The address that sent it.
    public let source: String
    /// What it is about.
    public let kind: WebhookDelivery.Kind
    /// What the host calls that.
    public let event: String
    /// What it says of refs.
    public let refs: [WebhookRefMove]
    /// How many refs beyond those it names.
    public let refsLeftOut: Int
    /// Who pushed, as the host names them.
    public let pusher: String?
    /// Why it could not be read; nil unless it is of the kind `unreadable`.
    public let problem: String?
    /// The beginning of its body.
    let body: [UInt8]
    /// How long its body was.
    let bodyBytes: Int

    /// Makes a value from its parts; of the body no more than ``keptBytesMax`` is kept.
    public init(
        repo: RepoID, host: GitHost, deliveryID: String, source: String, kind: WebhookDelivery.Kind, event: String,
        refs: [WebhookRefMove], refsLeftOut: Int, pusher: String?, problem: String?, body: [UInt8]
    ) {
        self.repo = repo
        self.host = host
        self.deliveryID = deliveryID
        self.source = source
        self.kind = kind
        self.event = event
        self.refs = refs
        self.refsLeftOut = refsLeftOut
        self.pusher = pusher?.storable()
        self.problem = problem?.storable()
        self.body = body.count > Self.keptBytesMax ? Array(body.prefix(Self.keptBytesMax)) : body
        bodyBytes = body.count
    }
}
