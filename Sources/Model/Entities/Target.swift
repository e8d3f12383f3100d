import Foundation

/// What a placement should run: the decision that Promote made.
public struct Target: Identified, Sendable, Codable {
    /// Target ids begin with `t`.
    public static let idPrefix = "t"

    /// The row's id.
    public let id: TargetID
    /// The placement.
    public let placement: PlacementID
    /// The placement's generation that this Target began.
    public let generation: Int64
    /// The Build that led to the decision; nil when the placement is emptied for want of package or environment.
    public let build: BuildID?
    /// Whether the Build shall run; false means that what is deployed is destroyed.
    public let isRunning: Bool
    /// Where its inputs come from.
    public let inputs: [String: InputSource]
    /// Acted on from this time on; nil means at once.
    public let notBefore: Date?
    /// Why it was decided so.
    public let reason: String
    /// When it was decided.
    public let decidedAt: Date

    /// Makes a value from its parts.
    public init(
        id: TargetID, placement: PlacementID, generation: Int64, build: BuildID?, isRunning: Bool,
        inputs: [String: InputSource], notBefore: Date?, reason: String, decidedAt: Date
    ) {
        self.id = id
        self.placement = placement
        self.generation = generation
        self.build = build
        self.isRunning = isRunning
        self.inputs = inputs
        self.notBefore = notBefore
        self.reason = reason
        self.decidedAt = decidedAt
    }
}
