import Foundation

/// Something that happened, written in the transaction that made it so.
public struct Event: Identified, Sendable, Codable {
    /// Event ids begin with `v`.
    public static let idPrefix = "v"

    /// The row's id; later events have greater ids, though ids may be missing.
    public let id: EventID
    /// When it happened.
    public let at: Date
    /// What happened, as `noun.verb`.
    ///
    /// Such as `change.recorded`, `build.succeeded`, `target.set`, `deployment.failed`.
    public let kind: String
    /// Who or what did it: a controller's name, `cli`, a commit's author.
    public let actor: String
    /// One line for people.
    public let message: String
    /// The ids and names that it concerns.
    public let data: JSONObject

    /// Makes a value from its parts.
    public init(id: EventID, at: Date, kind: String, actor: String, message: String, data: JSONObject) {
        self.id = id
        self.at = at
        self.kind = kind
        self.actor = actor
        self.message = message
        self.data = data
    }
}
