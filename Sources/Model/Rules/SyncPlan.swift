import Foundation

/// What Sync does next for one placement: the pure heart of the Sync controller.
public enum SyncPlan: Hashable, Sendable {
    /// What is deployed is what should be.
    case settled
    /// An attempt is under way; its end wakes Sync.
    case waitForAttempt
    /// Another placement of the same names must be through first; its end wakes Sync.
    case waitForNamesake(String)
    /// The Target is acted on from this time on.
    case waitUntilValid(Date)
    /// The next attempt is due at this time.
    case waitForRetry(Date, failures: Int, error: String)
    /// One Build was deployed too often in a short time; it goes on at this time.
    case waitForPause(Date, String)
    /// Inputs are missing, or depend on each other in a circle.
    case blocked(String)
    /// A hold keeps from what would be started; wait for it to end.
    case held(String)
    /// All attempts failed; only a change or a person starts another.
    case failed(String)
    /// An attempt that has not begun serves an older generation: cancel it, then plan again.
    case cancel(DeploymentID)
    /// The inputs that the deployed Build consumed changed: begin a new generation, then plan again.
    case renew(reason: String)
    /// Start an attempt.
    case start(Deployment.Kind, build: BuildID, attempt: Int, inputs: JSONObject)

    /// Plans from what is true now.
    ///
    /// Running it twice on the same facts gives the same plan.
    public static func make(_ facts: SyncFacts, retry: RetryPolicy = .deployment) -> SyncPlan {
        guard let target = facts.target else { return facts.active == nil ? .settled : .waitForAttempt }
        if let active = facts.active {
            let isStale = active.generation != target.generation || hold(on: target, facts) != nil
            return isStale && active.state == .pending ? .cancel(active.id) : .waitForAttempt
        }
        let plan = target.isRunning ? run(target, facts, retry) : stop(facts, retry)
        guard let hold = hold(on: target, facts) else { return plan }
        switch plan {
        case .start, .renew, .waitUntilValid, .waitForRetry, .waitForPause: return .held(hold)
        default: return plan
        }
    }

    /// What keeps the placement as it is; a pin goes before a hold until its Build is deployed.
    private static func hold(on target: Target, _ facts: SyncFacts) -> String? {
        let isPinDue = target.isRunning && target.build == facts.pinned && facts.deployed?.build != target.build
        return isPinDue ? nil : facts.hold
    }

    private static func run(_ target: Target, _ facts: SyncFacts, _ retry: RetryPolicy) -> SyncPlan {
        guard let build = target.build else { return .settled }
        if let cycle = facts.cycle {
            let names = cycle.map { "\($0.package)@\($0.environment)" }.joined(separator: " → ")
            return .blocked("dependency cycle: \(names)")
        }
        if let notBefore = target.notBefore, notBefore > facts.now { return .waitUntilValid(notBefore) }
        guard case .resolved(let inputs) = facts.inputs else {
            guard case .missing(let sentences) = facts.inputs else { return .settled }
            return .blocked(sentences.joined(separator: "; "))
        }
        if let deployed = facts.deployed, deployed.build == build {
            if deployed.inputs == inputs, !facts.isDisturbed { return .settled }
            if deployed.generation == target.generation, !facts.isDisturbed {
                return .renew(reason: changed(deployed.inputs, inputs))
            }
        }
        return attempt(.deploy, build, inputs, facts, retry)
    }

    private static func stop(_ facts: SyncFacts, _ retry: RetryPolicy) -> SyncPlan {
        guard let deployed = facts.deployed else { return .settled }
        return attempt(.destroy, deployed.build, deployed.inputs, facts, retry)
    }

    private static func attempt(
        _ kind: Deployment.Kind, _ build: BuildID, _ inputs: JSONObject, _ facts: SyncFacts, _ retry: RetryPolicy
    ) -> SyncPlan {
        // What a removed repo runs is in the way of a deploy alone, so that two of them never wait for each other.
        if let namesake = facts.namesake, kind == .deploy || namesake.active != nil { return namesake.plan }
        if let since = facts.repeatedSince {
            let due = since + RepeatLimit.windowSeconds
            if due > facts.now { return .waitForPause(due, repeated(since)) }
        }
        let failures = facts.failures
        if failures.count >= retry.attemptsMax {
            return .failed(
                "\(kind.rawValue) failed \(failures.count) times: \(failures.lastError ?? "no reason given")")
        }
        if failures.count > 0, let lastAt = failures.lastAt {
            let due = lastAt + Double(retry.pause(afterFailures: failures.count).components.seconds)
            if due > facts.now {
                return .waitForRetry(due, failures: failures.count, error: failures.lastError ?? "no reason given")
            }
        }
        return .start(kind, build: build, attempt: failures.lastAttempt + 1, inputs: inputs)
    }

    private static func repeated(_ since: Date) -> String {
        """
        the same build was deployed or destroyed here \(RepeatLimit.countMax) times since \(JSONText.time(since)): \
        a policy that reads what its own deploy changes, such as an annotation, never settles
        """
    }

    private static func changed(_ old: JSONObject, _ new: JSONObject) -> String {
        let names = Set(old.keys).union(new.keys).filter { old[$0] != new[$0] }.sorted()
        return "input \(names.map { "'\($0)'" }.joined(separator: ", ")) changed"
    }
}
