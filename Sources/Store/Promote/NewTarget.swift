import Foundation
import Model

/// What a placement shall run from now on.
public struct NewTarget: Sendable {
    /// The Build that led to the decision; must be given when it shall run.
    public var build: BuildID?
    /// Whether the Build shall run; false means that what is deployed is destroyed.
    public var isRunning: Bool
    /// Where its inputs come from.
    public var inputs: [String: InputSource]
    /// Acted on from this time on; nil means at once.
    public var notBefore: Date?
    /// Why it was decided so.
    public var reason: String

    /// Makes a value from its parts.
    public init(
        build: BuildID?, isRunning: Bool, inputs: [String: InputSource] = [:], notBefore: Date? = nil, reason: String
    ) {
        self.build = build
        self.isRunning = isRunning
        self.inputs = inputs
        self.notBefore = notBefore
        self.reason = reason
    }
}
