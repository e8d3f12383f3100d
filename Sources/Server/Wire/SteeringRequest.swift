import Model

/// The body of `POST /api/v1/steering`: what `ocuroot pin`, `unpin`, `hold`, `resume` and `annotate` send.
public struct SteeringRequest: Sendable, Codable {
    /// What shall be done, as the trailers of a commit say it; 1 to 50.
    public var trailers: [Trailer]
    /// Who asks; `api` unless given.
    public var by: String?

    /// Makes a value from its parts.
    public init(trailers: [Trailer], by: String? = nil) {
        self.trailers = trailers
        self.by = by
    }
}
