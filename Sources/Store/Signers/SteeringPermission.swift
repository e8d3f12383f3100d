/// Whether an order may steer environments that lists of signers cover.
struct SteeringPermission: Sendable {
    /// Why it may not: the words of a list that does not have the key that signed it; nil when it may.
    let refusal: String?
    /// Whose key every list has that covers them; nil when none does.
    let signer: String?
}
