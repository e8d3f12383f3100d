import Foundation
import Model
import Testing

@Suite struct SyncPlanTests {
    private let now = Date(timeIntervalSince1970: 1_000_000)
    private let build = BuildID(rawValue: 7)
    private let older = BuildID(rawValue: 5)

    private func target(
        _ build: BuildID?, generation: Int64 = 3, isRunning: Bool = true, notBefore: Date? = nil
    ) -> Target {
        Target(
            id: TargetID(rawValue: 1), placement: PlacementID(rawValue: 1), generation: generation, build: build,
            isRunning: isRunning, inputs: [:], notBefore: notBefore, reason: "", decidedAt: now)
    }

    private func deployment(
        _ build: BuildID, generation: Int64 = 3, state: Deployment.State = .succeeded, inputs: JSONObject = [:]
    ) -> Deployment {
        Deployment(
            id: DeploymentID(rawValue: 9), placement: PlacementID(rawValue: 1), generation: generation, attempt: 1,
            kind: .deploy, build: build, state: state, inputs: inputs, outputs: [:], error: nil, createdAt: now,
            finishedAt: now)
    }

    private func facts(
        _ target: Target?, deployed: Deployment? = nil, active: Deployment? = nil,
        failures: SyncFacts.Failures = .none, inputs: InputResolution = .resolved([:]),
        cycle: [PlacementAddress]? = nil, namesake: Namesake? = nil, isDisturbed: Bool = false
    ) -> SyncFacts {
        SyncFacts(
            target: target, deployed: deployed, active: active, failures: failures, inputs: inputs, cycle: cycle,
            namesake: namesake, now: now, isDisturbed: isDisturbed)
    }

    @Test func `a target that nothing serves yet is deployed`() {
        #expect(SyncPlan.make(facts(target(build))) == .start(.deploy, build: build, attempt: 1, inputs: [:]))
    }

    @Test func `a build that was deployed too often in a short time waits, and then goes on`() throws {
        var facts = facts(target(build))
        facts.repeatedSince = now - 60
        guard case .waitForPause(let date, let reason) = SyncPlan.make(facts) else {
            Issue.record("it goes on")
            return
        }
        #expect(date == now + RepeatLimit.windowSeconds - 60)
        #expect(reason.contains("30 times"))
        facts.now = date
        #expect(SyncPlan.make(facts) == .start(.deploy, build: build, attempt: 1, inputs: [:]))
    }

    private func removed(active: Deployment.Kind? = nil, failure: String? = nil) -> Namesake {
        Namesake(repo: RepoID(rawValue: 1), repoName: "shop", isRemoved: true, active: active, failure: failure)
    }

    @Test(
        arguments: [
            (nil, "what it runs here is to be destroyed first"), (.deploy, "its deploy is under way"),
            (.destroy, "its destroy is under way"),
        ] as [(Deployment.Kind?, String)])
    func `a deploy waits for the removed repo of the same names`(active: Deployment.Kind?, reason: String) {
        #expect(
            SyncPlan.make(facts(target(build), namesake: removed(active: active)))
                == .waitForNamesake("waits for the removal of shop (o1): \(reason)"))
    }

    @Test func `a destroy waits for what runs under the same names, not for what is deployed`() {
        let waiting = facts(target(nil, isRunning: false), deployed: deployment(older), namesake: removed())
        #expect(SyncPlan.make(waiting) == .start(.destroy, build: older, attempt: 1, inputs: [:]))
        let running = facts(
            target(nil, isRunning: false), deployed: deployment(older), namesake: removed(active: .destroy))
        #expect(
            SyncPlan.make(running) == .waitForNamesake("waits for the removal of shop (o1): its destroy is under way"))
    }

    @Test func `a destroy that failed for good blocks the deploy until it is tried again`() {
        let failed = facts(target(build), namesake: removed(failure: "destroy failed 4 times: no"))
        guard case .blocked(let reason) = SyncPlan.make(failed) else {
            Issue.record("it is not blocked")
            return
        }
        #expect(reason.hasPrefix("the removal of shop (o1) is in the way: destroy failed 4 times: no; "))
        let again = facts(target(build), namesake: removed(active: .destroy, failure: "destroy failed 4 times: no"))
        #expect(
            SyncPlan.make(again) == .waitForNamesake("waits for the removal of shop (o1): its destroy is under way"))
    }

    @Test func `what is deployed as wanted is left alone`() {
        #expect(SyncPlan.make(facts(target(build), deployed: deployment(build))) == .settled)
    }

    @Test func `a target set back to the deployed build needs no deployment`() {
        let facts = facts(target(build, generation: 9), deployed: deployment(build, generation: 3))
        #expect(SyncPlan.make(facts) == .settled)
    }

    @Test func `after a failed attempt over it, the deployed build is deployed again`() {
        let facts = facts(
            target(build, generation: 9), deployed: deployment(build, generation: 3), isDisturbed: true)
        #expect(SyncPlan.make(facts) == .start(.deploy, build: build, attempt: 1, inputs: [:]))
    }

    @Test func `a changed input begins a new generation and names the input`() {
        let facts = facts(
            target(build), deployed: deployment(build, inputs: ["url": .string("a")]),
            inputs: .resolved(["url": .string("b")]))
        #expect(SyncPlan.make(facts) == .renew(reason: "input 'url' changed"))
    }

    @Test func `a missing input blocks and is named`() {
        let facts = facts(target(build), inputs: .missing(["input 'db': shop//db@prod is not deployed"]))
        #expect(SyncPlan.make(facts) == .blocked("input 'db': shop//db@prod is not deployed"))
    }

    @Test func `a dependency cycle blocks and is named, even when all outputs exist`() {
        let a = PlacementAddress(repo: "shop", package: "a", environment: "prod")
        let b = PlacementAddress(repo: "shop", package: "b", environment: "prod")
        let facts = facts(target(build), deployed: deployment(older), cycle: [a, b, a])
        #expect(SyncPlan.make(facts) == .blocked("dependency cycle: a@prod → b@prod → a@prod"))
    }

    @Test func `a target that is not valid yet is waited for`() {
        let later = now + 60
        #expect(SyncPlan.make(facts(target(build, notBefore: later))) == .waitUntilValid(later))
        #expect(
            SyncPlan.make(facts(target(build, notBefore: now - 1)))
                == .start(.deploy, build: build, attempt: 1, inputs: [:]))
    }

    @Test func `a target that is not running destroys what is deployed with the build that was deployed`() {
        let inputs: JSONObject = ["size": .int(3)]
        let facts = facts(target(build, isRunning: false), deployed: deployment(older, inputs: inputs))
        #expect(SyncPlan.make(facts) == .start(.destroy, build: older, attempt: 1, inputs: inputs))
        #expect(SyncPlan.make(self.facts(target(nil, isRunning: false))) == .settled)
    }

    @Test func `failed attempts are tried again further and further apart, then no more`() {
        func failed(_ count: Int, secondsAgo: Double) -> SyncPlan {
            SyncPlan.make(
                facts(
                    target(build),
                    failures: .init(count: count, lastAttempt: count, lastAt: now - secondsAgo, lastError: "no disk")))
        }
        #expect(failed(1, secondsAgo: 1) == .waitForRetry(now + 1, failures: 1, error: "no disk"))
        #expect(failed(1, secondsAgo: 2) == .start(.deploy, build: build, attempt: 2, inputs: [:]))
        #expect(failed(3, secondsAgo: 1) == .waitForRetry(now + 7, failures: 3, error: "no disk"))
        #expect(failed(4, secondsAgo: 1_000) == .failed("deploy failed 4 times: no disk"))
    }

    @Test func `attempts that a person forgave do not count, but keep their numbers`() {
        let failures = SyncFacts.Failures(count: 0, lastAttempt: 4, lastAt: now, lastError: "no disk")
        #expect(
            SyncPlan.make(facts(target(build), failures: failures))
                == .start(.deploy, build: build, attempt: 5, inputs: [:]))
    }

    @Test func `a running attempt is waited for, one that has not begun gives way to a newer target`() {
        let running = deployment(older, generation: 2, state: .running)
        #expect(SyncPlan.make(facts(target(build), active: running)) == .waitForAttempt)
        let pending = deployment(older, generation: 2, state: .pending)
        #expect(SyncPlan.make(facts(target(build), active: pending)) == .cancel(pending.id))
        let current = deployment(build, generation: 3, state: .pending)
        #expect(SyncPlan.make(facts(target(build), active: current)) == .waitForAttempt)
    }

    @Test func `a hold lets nothing begin, and takes back what no runner has taken`() {
        func held(_ facts: SyncFacts, pinned: BuildID? = nil) -> SyncPlan {
            var facts = facts
            facts.hold = "on hold by Ann"
            facts.pinned = pinned
            return SyncPlan.make(facts)
        }
        let changed = InputResolution.resolved(["x": .int(2)])
        for waiting in [
            facts(target(build)), facts(target(build), deployed: deployment(older)),
            facts(target(nil, isRunning: false), deployed: deployment(older)),
            facts(target(build, notBefore: now + 60)),
            facts(target(build), deployed: deployment(build), inputs: changed),
        ] {
            #expect(held(waiting) == .held("on hold by Ann"))
        }
        #expect(held(facts(target(build), deployed: deployment(build))) == .settled)
        #expect(held(facts(target(build), active: deployment(build, state: .running))) == .waitForAttempt)
        let pending = facts(target(build), active: deployment(build, state: .pending))
        #expect(held(pending) == .cancel(DeploymentID(rawValue: 9)))
        // A pin goes before it, until its build is deployed.
        #expect(held(pending, pinned: build) == .waitForAttempt)
        let rollback = facts(target(build), deployed: deployment(older, generation: 2))
        #expect(held(rollback, pinned: build) == .start(.deploy, build: build, attempt: 1, inputs: [:]))
        #expect(held(rollback, pinned: older) == .held("on hold by Ann"))
        let renewed = facts(target(build), deployed: deployment(build), inputs: changed)
        #expect(held(renewed, pinned: build) == .held("on hold by Ann"))
    }
}
