import Foundation

/// What building one package at one Change made: attributes fixed when it succeeds, annotations that may change.
public struct Build: Identified, Sendable, Codable {
    /// Build ids begin with `b`.
    public static let idPrefix = "b"

    /// How far the Build has come.
    public enum State: String, Sendable, Codable, CaseIterable {
        /// Its Run waits for a runner. Next: running or canceled.
        case pending
        /// Its Run has begun. Next: succeeded, failed, or pending again when the runner was lost.
        case running
        /// Recorded; its attributes are fixed. Final.
        case succeeded
        /// The build function failed; `error` says why. Final.
        case failed
        /// A newer Change superseded it before it had begun. Final.
        case canceled
    }

    /// The row's id, which `ctx.build.id` shows.
    public let id: BuildID
    /// The package.
    public let package: PackageID
    /// The Change it was built from; a package has one Build per Change.
    public let change: ChangeID
    /// Counts the Builds of the package from 1.
    public let sequence: Int64
    /// The Change's commit.
    public let commit: CommitID
    /// The tree it was built from: the commit's, or the commit's with the patch applied.
    public let tree: TreeID
    /// The package's directory at that tree.
    public let path: String
    /// The functions that the package had at that tree.
    public let functions: Set<PackageFunction>
    /// How far it has come.
    public let state: State
    /// A name that its build function gave it, unique in the package.
    public let alias: String?
    /// What the build function recorded; empty until it succeeds.
    public let attributes: JSONObject
    /// What was said of it since.
    public let annotations: JSONObject
    /// Why it was built.
    public let reason: AffectedReason
    /// Why it failed.
    public let error: String?
    /// When it was begun.
    public let createdAt: Date

    /// Makes a value from its parts.
    public init(
        id: BuildID, package: PackageID, change: ChangeID, sequence: Int64, commit: CommitID, tree: TreeID,
        path: String, functions: Set<PackageFunction>, state: State, alias: String?, attributes: JSONObject,
        annotations: JSONObject, reason: AffectedReason, error: String?, createdAt: Date
    ) {
        self.id = id
        self.package = package
        self.change = change
        self.sequence = sequence
        self.commit = commit
        self.tree = tree
        self.path = path
        self.functions = functions
        self.state = state
        self.alias = alias
        self.attributes = attributes
        self.annotations = annotations
        self.reason = reason
        self.error = error
        self.createdAt = createdAt
    }
}
