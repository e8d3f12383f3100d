import Foundation

/// One delivery of a git host that was signed as it must be, and so is kept for a while.
public struct WebhookDelivery: Identified, Hashable, Sendable, Codable {
    /// Delivery ids begin with `w`.
    public static let idPrefix = "w"

    /// What it is about.
    public enum Kind: String, Hashable, Sendable, Codable {
        /// Refs moved, came or went: the repo is looked at.
        case push
        /// A test of the host's, or of ours.
        case ping
        /// Something that moves no ref: nothing follows from it.
        case other
        /// Signed, but not in a form that is known: the repo is looked at all the same.
        case unreadable
    }

    /// The row's id.
    public var id: WebhookDeliveryID
    /// The repo whose webhook it came to.
    public var repo: RepoID
    /// By whose rules it was read.
    public var host: GitHost
    /// What the host calls it, the same when it is sent again.
    public var deliveryID: String
    /// When it was accepted.
    public var receivedAt: Date
    /// The address that sent it.
    public var source: String
    /// What it is about.
    public var kind: Kind
    /// What the host calls that.
    public var event: String
    /// What it says of refs.
    public var refs: [WebhookRefMove]
    /// How many refs beyond those it names.
    public var refsLeftOut: Int
    /// Who pushed, as the host names them.
    public var pusher: String?
    /// Why it could not be read.
    public var problem: String?
    /// How long the body was.
    public var bodyBytes: Int
    /// When somebody last asked to have it acted on again.
    public var redeliveredAt: Date?

    /// Makes a value from its parts.
    public init(
        id: WebhookDeliveryID, repo: RepoID, host: GitHost, deliveryID: String, receivedAt: Date, source: String,
        kind: Kind, event: String, refs: [WebhookRefMove], refsLeftOut: Int, pusher: String?, problem: String?,
        bodyBytes: Int, redeliveredAt: Date?
    ) {
        self.id = id
        self.repo = repo
        self.host = host
        self.deliveryID = deliveryID
        self.receivedAt = receivedAt
        self.source = source
        self.kind = kind
        self.event = event
        self.refs = refs
        self.refsLeftOut = refsLeftOut
        self.pusher = pusher
        self.problem = problem
        self.bodyBytes = bodyBytes
        self.redeliveredAt = redeliveredAt
    }
}
