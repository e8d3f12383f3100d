import Model

/// The answer to `POST /api/v1/steering`.
public struct SteeringReply: Sendable, Codable {
    /// What was done, one for each trailer.
    public var steering: [SteeringReport]

    /// Makes a value from its parts.
    public init(steering: [SteeringReport]) {
        self.steering = steering
    }
}
