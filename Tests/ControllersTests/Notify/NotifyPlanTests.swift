import Foundation
import Model
import Store
import Testing

@testable import NotifyController

@Suite struct NotifyPlanTests {
    private let repo = RepoID(rawValue: 1)
    private let commit = CommitID(hex: String(repeating: "a", count: 40))

    private func target(
        _ kind: NoticeTarget.Kind, on: [String] = [], package: String? = nil, environment: String? = nil
    ) -> NoticeTarget {
        NoticeTarget(
            id: NoticeTargetID(rawValue: 3), kind: kind, repo: repo, repoName: "shop", address: "https://h",
            project: "acme/shop", on: on, package: package, environment: environment, createdBy: "test",
            createdAt: Date())
    }

    private func facts(
        _ kind: String, event id: Int64 = 9, environment: EnvironmentName? = "prod", build: Build.State = .succeeded,
        attempt: NoticeFacts.Attempt? = nil, isTarget: Bool = true, isDeployed: Bool = false,
        condition: SyncCondition.Kind = .acting, isPatched: Bool = false
    ) -> NoticeFacts {
        var event = EventFacts(
            Event(id: EventID(rawValue: id), at: Date(), kind: kind, actor: "sync", message: "it happened", data: [:]))
        event.repo = "shop"
        event.package = "api"
        event.environment = environment
        event.build = EventFacts.Build(id: BuildID(rawValue: 7), sequence: 12, alias: nil)
        event.commit = commit
        return NoticeFacts(
            event: event, repo: repo, buildState: build, buildError: build == .failed ? "exit 1" : nil,
            isPatched: isPatched, attempt: attempt, isTarget: isTarget, isDeployed: isDeployed, generation: 4,
            condition: SyncCondition(kind: condition, reason: "because"))
    }

    private func notices(
        _ facts: [NoticeFacts], to target: NoticeTarget, since: Int64 = 0
    ) -> [NewNotice] {
        NotifyPlan.notices(facts, to: [(target, EventID(rawValue: since))])
    }

    private func status(_ facts: NoticeFacts) throws -> CommitStatus? {
        guard let notice = notices([facts], to: target(.githubStatus)).first else { return nil }
        guard case .status(let status) = notice.payload else { throw CancellationError() }
        return status
    }

    private func attempt(_ state: Deployment.State, _ kind: Deployment.Kind = .deploy) -> NoticeFacts.Attempt {
        .init(kind: kind, state: state, error: state == .failed ? "exit 2" : nil, generation: 4)
    }

    @Test func `a build and each of its environments have a context of their own, the same for every commit`() throws {
        #expect(try status(facts("build.succeeded", environment: nil))?.context == "ocuroot/api")
        #expect(
            try status(facts("deployment.started", attempt: attempt(.running)))?.context == "ocuroot/api@prod")
    }

    @Test(arguments: [
        (Build.State.pending, CommitStatus.State.pending), (.running, .running), (.succeeded, .success),
        (.failed, .failure), (.canceled, .canceled),
    ])
    func `a build's status is how it fares by now, whatever the event said`(
        build: Build.State, state: CommitStatus.State
    ) throws {
        #expect(try status(facts("build.queued", environment: nil, build: build))?.state == state)
    }

    @Test func `a placement's status is what Sync found while the build should run there`() throws {
        let failed = attempt(.failed)
        let retrying = try status(facts("placement.retrying", attempt: failed, condition: .retrying))
        #expect(retrying?.state == .pending && retrying?.description == "build 12: because")
        #expect(try status(facts("placement.failed", attempt: failed, condition: .failed))?.state == .failure)
        #expect(try status(facts("placement.blocked", condition: .blocked))?.state == .error)
        #expect(try status(facts("placement.delayed", condition: .delayed))?.state == .pending)
        #expect(try status(facts("deployment.queued", attempt: attempt(.pending)))?.state == .pending)
        #expect(try status(facts("deployment.started", attempt: attempt(.running)))?.state == .running)
        let done = facts("deployment.succeeded", attempt: attempt(.succeeded), isDeployed: true)
        #expect(try status(done)?.state == .success)
        #expect(try status(facts("placement.acting")) == nil)
    }

    @Test func `once another build should run there, how the last attempt ended stays`() throws {
        let event = facts("deployment.failed", attempt: attempt(.failed), isTarget: false, condition: .blocked)
        let status = try #require(try status(event))
        #expect(status.state == .failure && status.description == "build 12 failed to deploy: exit 2")
    }

    @Test func `a destroy says nothing of the commit unless it fails`() throws {
        #expect(try status(facts("deployment.succeeded", attempt: attempt(.succeeded, .destroy))) == nil)
        #expect(try status(facts("deployment.failed", attempt: attempt(.failed, .destroy)))?.state == .failure)
    }

    @Test func `what was delivered with uncommitted changes says nothing of the commit`() throws {
        #expect(try status(facts("build.succeeded", environment: nil, isPatched: true)) == nil)
    }

    @Test func `a trailer that was refused fails its commit's context for steering`() throws {
        var refused = facts("steering.refused", environment: nil)
        refused.event.package = nil
        refused.event.data["commit"] = .string(String(repeating: "b", count: 40))
        let status = try #require(try status(refused))
        #expect(status.context == "ocuroot/steering" && status.state == .failure)
        #expect(status.commit.hex.hasPrefix("bbbb"))
    }

    @Test func `a change that cannot be delivered has an error, which goes when it is`() throws {
        var failed = facts("change.failed", environment: nil)
        failed.event.package = nil
        let notice = try #require(notices([failed], to: target(.gitlabStatus)).first)
        failed.event.kind = "change.delivered"
        let mended = try #require(notices([failed], to: target(.gitlabStatus)).first)
        #expect(notice.subject == mended.subject && notice.mode == .newest && mended.mode == .amend)
    }

    @Test func `keys hold no times and no attempts`() throws {
        let chat = target(.slack, on: ["*"])
        let first = notices([facts("deployment.failed", event: 9, attempt: attempt(.failed))], to: chat)
        let second = notices([facts("deployment.failed", event: 10, attempt: attempt(.failed))], to: chat)
        #expect(
            first.map(\.key) == ["message/api@prod/b7/g4/deployment.failed"] && second.map(\.key) == first.map(\.key))
        #expect(first.first?.mode == .once)
        let status = notices([facts("build.queued", environment: nil)], to: target(.githubStatus))
        #expect(status.map(\.key) == ["status/\(String(repeating: "a", count: 40))/ocuroot/api"])
        #expect(status.first?.mode == .newest)
        #expect(notices([facts("build.queued")], to: target(.webhook, on: ["*"])).map(\.key) == ["event/v9"])
    }

    @Test func `only what the target wants, of its repo, since it was added`() {
        let event = facts("deployment.failed", attempt: attempt(.failed))
        func isTold(_ target: NoticeTarget, since: Int64 = 0) -> Bool {
            !notices([event], to: target, since: since).isEmpty
        }
        #expect(isTold(target(.slack, on: ["deployment.*"], package: "a?i", environment: "pr*")))
        #expect(!isTold(target(.slack, on: ["build.*"])))
        #expect(!isTold(target(.slack, on: ["*"], package: "web")))
        #expect(!isTold(target(.slack, on: ["*"], environment: "staging")))
        #expect(!isTold(target(.slack, on: ["*"]), since: 9))
        var other = event
        other.repo = RepoID(rawValue: 2)
        #expect(notices([other], to: target(.slack, on: ["*"])).isEmpty)
        #expect(notices([facts("notification.dead")], to: target(.webhook, on: ["*"])).isEmpty)
    }

    @Test func `GitHub is told of a deployment for each decision, and of its end when it is destroyed`() throws {
        let running = try #require(
            notices([facts("deployment.started", attempt: attempt(.running))], to: target(.githubDeployment)).first)
        #expect(running.key == "deployment/api@prod/g4" && running.mode == .newest)
        let gone = try #require(
            notices(
                [facts("deployment.succeeded", attempt: attempt(.succeeded, .destroy))], to: target(.githubDeployment)
            )
            .first)
        guard case .deployment(let deployment) = gone.payload else { throw CancellationError() }
        #expect(gone.mode == .amend && deployment.state == .inactive && gone.subject == running.subject)
    }

    @Test func `descriptions fit every host`() throws {
        let long = CommitStatus(
            commit: try #require(commit), context: "c", state: .failure,
            description: String(repeating: "word \n", count: 100), anchor: "")
        #expect(long.description.count == 140 && long.description.hasSuffix("…"))
        #expect(!long.description.contains("\n"))
    }
}
