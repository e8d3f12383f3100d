import Foundation

/// What Sync last found of a placement; kept in the placement's row.
public struct SyncCondition: Hashable, Sendable, Codable {
    /// The kind of condition.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// Nothing to do.
        case settled
        /// An attempt is under way, or about to be.
        case acting
        /// An attempt failed and another is due.
        case retrying
        /// The Target is not valid yet.
        case delayed
        /// An input is missing.
        case blocked
        /// All attempts failed.
        case failed
        /// A hold keeps it from being deployed or destroyed.
        case held
    }

    /// The kind of condition.
    public var kind: Kind
    /// Why; empty when there is nothing to say.
    public var reason: String
    /// When Sync looks again by itself; nil when only a change wakes it.
    public var until: Date?

    /// Makes a value from its parts.
    public init(kind: Kind, reason: String = "", until: Date? = nil) {
        self.kind = kind
        self.reason = reason
        self.until = until
    }
}
