import Foundation

/// One attempt to bring a placement to its Target: a deploy or a destroy.
public struct Deployment: Identified, Sendable, Codable {
    /// Deployment ids begin with `d`.
    public static let idPrefix = "d"

    /// What the attempt does.
    public enum Kind: String, Sendable, Codable {
        /// Runs the Build's deploy function.
        case deploy
        /// Runs the destroy function of the Build that was deployed.
        case destroy
    }

    /// How far the attempt has come.
    public enum State: String, Sendable, Codable, CaseIterable {
        /// Its Run waits for a runner. Next: running or canceled.
        case pending
        /// Its Run has begun. Next: succeeded or failed.
        case running
        /// Done. Final.
        case succeeded
        /// Not done; `error` says why. Final.
        case failed
        /// Superseded before it had begun. Final.
        case canceled
    }

    /// The row's id.
    public let id: DeploymentID
    /// The placement.
    public let placement: PlacementID
    /// The Target that it serves.
    public let generation: Int64
    /// Counts the attempts of that generation from 1.
    public let attempt: Int
    /// Deploy or destroy.
    public let kind: Kind
    /// The Build whose function runs.
    public let build: BuildID
    /// How far it has come.
    public let state: State
    /// The inputs as they were resolved for it.
    public let inputs: JSONObject
    /// What it put out; empty until it succeeds.
    public let outputs: JSONObject
    /// Why it failed.
    public let error: String?
    /// When it was decided on.
    public let createdAt: Date
    /// When it ended.
    public let finishedAt: Date?

    /// Makes a value from its parts.
    public init(
        id: DeploymentID, placement: PlacementID, generation: Int64, attempt: Int, kind: Kind, build: BuildID,
        state: State, inputs: JSONObject, outputs: JSONObject, error: String?, createdAt: Date, finishedAt: Date?
    ) {
        self.id = id
        self.placement = placement
        self.generation = generation
        self.attempt = attempt
        self.kind = kind
        self.build = build
        self.state = state
        self.inputs = inputs
        self.outputs = outputs
        self.error = error
        self.createdAt = createdAt
        self.finishedAt = finishedAt
    }
}
