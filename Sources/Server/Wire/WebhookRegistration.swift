/// What came of registering a webhook at its git host.
public struct WebhookRegistration: Sendable, Codable, Equatable {
    /// Whether the host has it now.
    public var isRegistered: Bool
    /// Whether it was made, rather than found by its address and changed.
    public var isNew: Bool?
    /// What the host calls it.
    public var id: String?
    /// The API that was asked.
    public var api: String?
    /// Why it could not be registered, in the host's words or ours.
    public var problem: String?
    /// What to do about that.
    public var hint: String?
    /// The status of the host's refusal; nil when it did not answer.
    public var status: Int?

    /// A webhook that the host has.
    public static func done(id: String, isNew: Bool, api: String) -> WebhookRegistration {
        WebhookRegistration(isRegistered: true, isNew: isNew, id: id, api: api)
    }

    /// One that it has not.
    public static func failed(
        _ problem: String, hint: String? = nil, status: Int? = nil, api: String? = nil
    ) -> WebhookRegistration {
        WebhookRegistration(isRegistered: false, api: api, problem: problem, hint: hint, status: status)
    }
}
