import Model
import Store

/// What is to be told to whom of a piece of the event log: the pure heart of the controller.
enum NotifyPlan {
    /// The notices in the order of their events.
    ///
    /// - Parameter targets: everybody who is told something, with the event since when.
    static func notices(
        _ events: [NoticeFacts], to targets: [(target: NoticeTarget, since: EventID)]
    ) -> [NewNotice] {
        events.flatMap { facts in
            targets.compactMap { target, since in
                facts.event.id > since && concerns(facts, target) ? notice(facts, target) : nil
            }
        }
    }

    /// Whether a target wants to hear of it at all.
    ///
    /// Nobody is told of notices: two receivers that are away would keep each other's log growing.
    static func concerns(_ facts: NoticeFacts, _ target: NoticeTarget) -> Bool {
        let event = facts.event
        if event.kind.hasPrefix("notification.") { return false }
        if let repo = target.repo, repo != facts.repo { return false }
        if let pattern = target.package, !(event.package.map { NameGlob(pattern).fits($0.rawValue) } ?? false) {
            return false
        }
        if let pattern = target.environment, let environment = event.environment,
            !NameGlob(pattern).fits(environment.rawValue)
        {
            return false
        }
        return target.kind.host != nil || target.on.contains { NameGlob($0).fits(event.kind) }
    }

    private static func notice(_ facts: NoticeFacts, _ target: NoticeTarget) -> NewNotice? {
        switch target.kind {
        case .webhook: event(facts, target, key: "event/\(facts.event.id)")
        case .slack: event(facts, target, key: messageKey(facts))
        case .githubDeployment: deployment(facts, target)
        default: status(facts, target)
        }
    }

    private static func event(_ facts: NoticeFacts, _ target: NoticeTarget, key: String) -> NewNotice {
        NewNotice(
            target: target.id, key: key, subject: facts.event.anchor, payload: .event(facts.event),
            event: facts.event.id, mode: .once)
    }

    /// The same for every attempt at one decision, so that a chat is told once that it fails.
    static func messageKey(_ facts: NoticeFacts) -> String {
        let event = facts.event
        guard let build = event.build, event.package != nil else { return "event/\(event.id)" }
        if event.kind.hasPrefix("build.") { return "message/\(build.id)/\(event.kind)" }
        guard event.kind.hasPrefix("deployment.") || event.kind.hasPrefix("placement.") else {
            return "event/\(event.id)"
        }
        let generation = (event.kind.hasPrefix("deployment.") ? facts.attempt?.generation : nil) ?? facts.generation
        return "message/\(place(event))/\(build.id)/g\(generation ?? 0)/\(event.kind)"
    }

    /// `PACKAGE@ENVIRONMENT`, or the package alone.
    private static func place(_ event: EventFacts) -> String {
        (event.package?.rawValue ?? "") + (event.environment.map { "@\($0)" } ?? "")
    }
}

extension NotifyPlan {
    /// What a commit's status says now that this has happened; nil when it says nothing of it.
    private static func status(_ facts: NoticeFacts, _ target: NoticeTarget) -> NewNotice? {
        guard let (context, verdict, mode) = statement(facts), let commit = commit(facts), !facts.isPatched else {
            return nil
        }
        let key = "status/\(commit.hex)/\(context)"
        let status = CommitStatus(
            commit: commit, context: context, state: verdict.state, description: verdict.description,
            anchor: facts.event.anchor)
        return NewNotice(
            target: target.id, key: key, subject: key, payload: .status(status), event: facts.event.id, mode: mode)
    }

    /// The context that an event concerns, and what is to be said there.
    private static func statement(_ facts: NoticeFacts) -> (String, StatusRule.Verdict, NewNotice.Mode)? {
        let event = facts.event
        switch event.kind {
        case "change.failed":
            let verdict = StatusRule.Verdict(state: .error, description: ReasonLine.text(of: event.message))
            return ("ocuroot/deliver", verdict, .newest)
        case "change.delivered":
            // Said only where it was said to have failed.
            return ("ocuroot/deliver", .init(state: .success, description: "the change was delivered"), .amend)
        case "steering.refused":
            let verdict = StatusRule.Verdict(state: .failure, description: ReasonLine.text(of: event.message))
            return ("ocuroot/steering", verdict, .newest)
        default: break
        }
        guard event.package != nil else { return nil }
        let context = "ocuroot/\(place(event))"
        if event.kind.hasPrefix("build."), event.environment == nil {
            return StatusRule.build(facts).map { (context, $0, .newest) }
        }
        guard event.environment != nil, event.kind.hasPrefix("deployment.") || event.kind.hasPrefix("placement.") else {
            return nil
        }
        return StatusRule.placement(facts).map { (context, $0, .newest) }
    }

    /// The commit that an event names, else that of the Build or the Change that it concerns.
    private static func commit(_ facts: NoticeFacts) -> CommitID? {
        if case .string(let hex)? = facts.event.data["commit"], let commit = CommitID(hex: hex) { return commit }
        return facts.event.commit
    }
}

extension NotifyPlan {
    /// What GitHub is told of a deployment: one for each decision, however many attempts it takes.
    private static func deployment(_ facts: NoticeFacts, _ target: NoticeTarget) -> NewNotice? {
        let event = facts.event
        guard event.kind.hasPrefix("deployment.") || event.kind.hasPrefix("placement."), event.environment != nil,
            let attempt = facts.attempt, let commit = event.commit, !facts.isPatched
        else { return nil }
        let isGone = attempt.kind == .destroy && attempt.state == .succeeded
        let verdict = isGone ? .init(state: .success, description: "destroyed") : StatusRule.placement(facts)
        guard let verdict else { return nil }
        let place = place(event)
        let deployment = HostDeployment(
            commit: commit, environment: place, state: isGone ? .inactive : state(verdict.state),
            description: verdict.description, anchor: event.anchor)
        return NewNotice(
            target: target.id, key: "deployment/\(place)/g\(attempt.generation)", subject: "deployment/\(place)",
            payload: .deployment(deployment), event: event.id, mode: attempt.kind == .destroy ? .amend : .newest)
    }

    private static func state(_ state: CommitStatus.State) -> HostDeployment.State {
        switch state {
        case .pending: .queued
        case .running: .inProgress
        case .success: .success
        case .failure: .failure
        case .error: .error
        case .canceled: .inactive
        }
    }
}
