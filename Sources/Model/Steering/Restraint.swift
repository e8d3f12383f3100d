import Foundation

/// A pin or a hold: what keeps a placement from what its policy would choose.
public struct Restraint: Identified, Hashable, Sendable, Codable {
    /// Restraint ids begin with `h`.
    public static let idPrefix = "h"

    /// What it does.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// One Build runs, whatever the policy says.
        case pin
        /// Nothing changes.
        case hold
    }

    /// What it does.
    public let kind: Kind
    /// Who asked for it: the commit's author, or who ran the command.
    public let by: String
    /// The commit that asked for it; nil for a command.
    public let commit: CommitID?
    /// Since when it counts.
    public let since: Date
    /// Why; empty when nothing was said.
    public let reason: String

    /// Makes a value from its parts.
    public init(kind: Kind, by: String, commit: CommitID?, since: Date, reason: String) {
        self.kind = kind
        self.by = by
        self.commit = commit
        self.since = since
        self.reason = reason
    }

    /// One line for people: what, by whom, why.
    ///
    /// - Parameter build: the number of the Build that a pin names.
    public func sentence(build: Int64? = nil) -> String {
        let what =
            switch kind {
            case .pin: build.map { "pinned to build \($0)" } ?? "pinned"
            case .hold: "on hold"
            }
        let name = by.firstRange(of: " <").map { String(by[..<$0.lowerBound]) } ?? by
        return "\(what) by \(name)" + (commit.map { " in commit \($0.short)" } ?? "")
            + (reason.isEmpty ? "" : ": \(reason)")
    }
}

/// Names a ``Restraint``, such as `h5`.
public typealias RestraintID = Identifier<Restraint>
