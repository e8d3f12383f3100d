/// What came of taking a webhook away at its git host.
public struct WebhookUnregistration: Sendable, Codable, Equatable {
    /// Whether the host has none that is known to be the repo's any more.
    public var isUnregistered: Bool
    /// What the host called those that were taken away; empty when it had none.
    public var ids: [String]
    /// The addresses of webhooks that are there still and differ from ours in the host alone; nil when there are none.
    public var others: [String]?
    /// The API that was asked.
    public var api: String
    /// Why it could not be taken away, in the host's words or ours.
    public var problem: String?
    /// What to do about that.
    public var hint: String?
    /// The status of the host's refusal; nil when it did not answer.
    public var status: Int?

    /// The host has none any more.
    public static func done(ids: [String], others: [String] = [], api: String) -> WebhookUnregistration {
        WebhookUnregistration(isUnregistered: true, ids: ids, others: others.isEmpty ? nil : others, api: api)
    }

    /// It may have one still.
    public static func failed(
        _ problem: String, hint: String? = nil, status: Int? = nil, api: String
    ) -> WebhookUnregistration {
        WebhookUnregistration(
            isUnregistered: false, ids: [], api: api, problem: problem, hint: hint, status: status)
    }
}
