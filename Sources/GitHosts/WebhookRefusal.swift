/// Why a delivery is not believed.
public enum WebhookRefusal: String, Hashable, Sendable {
    /// It carries nothing that could prove where it comes from.
    case unsigned = "it is not signed"
    /// What it carries was not made with the webhook's secret, or for another body.
    case wrong = "its signature or token is wrong"
    /// It was signed too long ago, or in the future.
    case stale = "its time is too far from the server's"
}
