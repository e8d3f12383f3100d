import Model

/// Whether an order may steer environments that lists of signers cover.
enum SteeringPermission: Sendable {
    /// No list covers them.
    case free
    /// Every list that does has the key that signed it; whose that is.
    case granted(String)
    /// A list does not have it; the sentence says why.
    case refused(String)
}
