import Model
import Store

/// How a Build, and a placement with a Build, is shown beside its commit.
enum StatusRule {
    /// What is said, as far as it is the same on every host.
    struct Verdict: Equatable {
        let state: CommitStatus.State
        let description: String
    }

    /// How the Build fares; nil when the facts concern none.
    static func build(_ facts: NoticeFacts) -> Verdict? {
        guard let build = facts.event.build, let state = facts.buildState else { return nil }
        let name = name(of: build)
        return switch state {
        case .pending: Verdict(state: .pending, description: "\(name) is queued")
        case .running: Verdict(state: .running, description: "\(name) is running")
        case .succeeded: Verdict(state: .success, description: "\(name) succeeded")
        case .failed: Verdict(state: .failure, description: "\(name) failed: \(line(facts.buildError))")
        case .canceled: Verdict(state: .canceled, description: "\(name) was superseded")
        }
    }

    /// How the placement fares with the Build; nil when there is nothing to say of it yet.
    ///
    /// While the Build is what should run there, what Sync found counts; later, how its last attempt ended.
    static func placement(_ facts: NoticeFacts) -> Verdict? {
        guard let build = facts.event.build else { return nil }
        let name = name(of: build)
        if let attempt = facts.attempt, attempt.kind == .destroy { return destroy(attempt, name) }
        if facts.isDeployed { return Verdict(state: .success, description: "\(name) is deployed") }
        if facts.isTarget, let condition = facts.condition {
            let reason = line(condition.reason)
            if condition.kind == .failed { return Verdict(state: .failure, description: "\(name): \(reason)") }
            if condition.kind == .blocked {
                return Verdict(state: .error, description: "\(name) is blocked: \(reason)")
            }
            if condition.kind == .retrying || condition.kind == .delayed {
                return Verdict(state: .pending, description: "\(name): \(reason)")
            }
        }
        return facts.attempt.map { deploy($0, name) }
    }

    private static func deploy(_ attempt: NoticeFacts.Attempt, _ name: String) -> Verdict {
        switch attempt.state {
        case .pending: Verdict(state: .pending, description: "\(name) is to be deployed")
        case .running: Verdict(state: .running, description: "\(name) is being deployed")
        case .succeeded: Verdict(state: .success, description: "\(name) was deployed")
        case .failed: Verdict(state: .failure, description: "\(name) failed to deploy: \(line(attempt.error))")
        case .canceled: Verdict(state: .canceled, description: "\(name) was superseded")
        }
    }

    /// A destroy says nothing about the commit, unless it fails.
    private static func destroy(_ attempt: NoticeFacts.Attempt, _ name: String) -> Verdict? {
        guard attempt.state == .failed else { return nil }
        return Verdict(state: .failure, description: "\(name) failed to be destroyed: \(line(attempt.error))")
    }

    private static func name(of build: EventFacts.Build) -> String {
        "build \(build.sequence)" + (build.alias.map { " '\($0)'" } ?? "")
    }

    private static func line(_ reason: String?) -> String { ReasonLine.text(of: reason ?? "") }
}
