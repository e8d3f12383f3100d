import Foundation

/// One execution of a package's function by a runner.
public struct Run: Identified, Sendable, Codable {
    /// Run ids begin with `r`.
    public static let idPrefix = "r"

    /// What a Run executes.
    public enum Kind: String, Sendable, Codable {
        /// The build function, for a Build.
        case build
        /// The deploy function, for a Deployment.
        case deploy
        /// The destroy function, for a Deployment.
        case destroy
    }

    /// How far the Run has come.
    public enum State: String, Sendable, Codable, CaseIterable {
        /// Waits for a runner. Next: running or canceled.
        case queued
        /// A runner holds its lease. Next: succeeded, failed, or queued again when a build's runner was lost.
        case running
        /// Done. Final.
        case succeeded
        /// Not done; `error` says why. Final.
        case failed
        /// Superseded before it had begun. Final.
        case canceled
    }

    /// The row's id.
    public let id: RunID
    /// What it executes.
    public let kind: Kind
    /// The repo whose code it runs.
    public let repo: RepoID
    /// The Build that it makes, or whose function it runs.
    public let build: BuildID
    /// The Deployment that it serves; nil for a build.
    public let deployment: DeploymentID?
    /// How far it has come.
    public let state: State
    /// Counts the runners that took it.
    public let attempt: Int
    /// Why it failed.
    public let error: String?
    /// When it was queued.
    public let createdAt: Date
    /// When a runner took it.
    public let startedAt: Date?
    /// When it ended.
    public let finishedAt: Date?

    /// Makes a value from its parts.
    public init(
        id: RunID, kind: Kind, repo: RepoID, build: BuildID, deployment: DeploymentID?, state: State, attempt: Int,
        error: String?, createdAt: Date, startedAt: Date?, finishedAt: Date?
    ) {
        self.id = id
        self.kind = kind
        self.repo = repo
        self.build = build
        self.deployment = deployment
        self.state = state
        self.attempt = attempt
        self.error = error
        self.createdAt = createdAt
        self.startedAt = startedAt
        self.finishedAt = finishedAt
    }
}
