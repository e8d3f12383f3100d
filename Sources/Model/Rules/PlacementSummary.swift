/// The one state and reason that `status` shows for a placement.
public struct PlacementSummary: Hashable, Sendable {
    /// The state.
    public let state: PlacementState
    /// Why; empty when there is nothing to say.
    public let reason: String

    /// Makes a value from its parts.
    public init(_ state: PlacementState, _ reason: String = "") {
        self.state = state
        self.reason = reason
    }

    /// Sums up: work in hand first, then what failed, what is blocked, what waits, and last what is at rest.
    public static func make(_ facts: PlacementFacts) -> PlacementSummary {
        if let error = facts.packageError { return PlacementSummary(.failed, error) }
        if let underWay = underWay(facts) { return underWay }
        if let failure = failure(facts) { return failure }
        switch facts.condition.kind {
        case .blocked: return PlacementSummary(.blocked, facts.condition.reason)
        case .delayed: return PlacementSummary(.waiting, facts.condition.reason)
        case .held: return PlacementSummary(.held, facts.condition.reason)
        default: break
        }
        if let awaited = facts.awaitedPin { return PlacementSummary(.waiting, awaited) }
        if let keeper = facts.keptBy { return PlacementSummary(.held, keeper) }
        if case .later(let message) = facts.newestAnswer { return PlacementSummary(.waiting, message) }
        return facts.isDeployed ? PlacementSummary(.synced) : PlacementSummary(.absent, facts.condition.reason)
    }

    private static func underWay(_ facts: PlacementFacts) -> PlacementSummary? {
        if facts.condition.kind == .acting || facts.condition.kind == .retrying {
            return PlacementSummary(.progressing, facts.condition.reason)
        }
        if let newest = facts.newestBuild, newest.state == .pending || newest.state == .running {
            return PlacementSummary(.progressing, "build \(newest.sequence) is \(newest.state.rawValue)")
        }
        if facts.isDelivering { return PlacementSummary(.progressing, "a change is being delivered") }
        if facts.isDeciding { return PlacementSummary(.progressing, "the policy is being asked") }
        return nil
    }

    private static func failure(_ facts: PlacementFacts) -> PlacementSummary? {
        if facts.condition.kind == .failed { return PlacementSummary(.failed, facts.condition.reason) }
        if let newest = facts.newestBuild, newest.state == .failed {
            return PlacementSummary(.failed, "build \(newest.sequence) failed: \(newest.error ?? "no reason given")")
        }
        if case .failed(let error) = facts.newestAnswer { return PlacementSummary(.failed, "policy failed: \(error)") }
        return nil
    }
}
