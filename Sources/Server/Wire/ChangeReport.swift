import Model
import Store

/// The answer to `GET /api/v1/changes/ID`: a Change and what came of it.
public struct ChangeReport: Sendable, Codable {
    /// The Change.
    public var change: Change
    /// Its Runs, newest first, at most 1,000.
    public var runs: [RunListing]
    /// What became of the trailers in its commits that steer, in their order.
    public var steering: [SteeringReport]

    /// Makes a value from its parts.
    public init(change: Change, runs: [RunListing], steering: [SteeringReport]) {
        self.change = change
        self.runs = runs
        self.steering = steering
    }

    /// The Runs that make Builds.
    public var builds: [RunListing] { runs.filter { $0.run.kind == .build } }

    /// Whether none of its Builds is left to do.
    public var isBuilt: Bool {
        change.state != .recorded
            && builds.allSatisfy { $0.run.state != .queued && $0.run.state != .running }
    }
}
