import Foundation
import Model
import Postgres
import Store
import Testing

struct SettlementTests {
    @Test func `nothing to do is settled, and every kind of work is not`() async throws {
        try await StoreFixture.with { fixture in
            let store = fixture.store
            let (repo, placement) = try await fixture.deployedShop()
            #expect(
                try await store.settlement() == Settlement(isSettled: true, failures: [], unfinished: []))
            for (controller, key) in [(ControllerName.deliver, repo.description), (.sync, placement.description)] {
                try await store.enqueue(controller, keys: [key])
                #expect(try await store.settlement().unfinished == ["\(controller) is to look at \(key)"])
                #expect(try await store.settlement(.init(repo: "other")).isSettled)
                try await fixture.finishAllWork()
                try await store.enqueue(controller, keys: [key], isRoutine: true)
                #expect(try await store.settlement().isSettled)
                try await fixture.finishAllWork()
            }
            let change = try await fixture.push(repo)
            #expect(try await store.settlement().unfinished.first == "change \(change.id) of shop is being delivered")
            try await fixture.deliver(change, packages: [.named("api")])
            #expect(
                try await store.settlement(.init(environment: "prod")).unfinished.first == "build of api is queued (r3)"
            )
        }
    }

    @Test func `waiting for a policy or a time is settled, waiting for the next attempt is not`() async throws {
        try await StoreFixture.with { fixture in
            let store = fixture.store
            let (_, placement) = try await fixture.deployedShop()
            func set(_ kind: SyncCondition.Kind, reason: String) async throws {
                try await store.transaction(as: "sync") { tx throws(StoreError) in
                    try await tx.setCondition(placement, SyncCondition(kind: kind, reason: reason), observed: nil)
                }
            }
            try await store.enqueue(.sync, keys: [placement.description])
            let lease = try #require(try await store.claim(.sync, holder: "a", limit: 1, lease: .seconds(30)).first)
            #expect(try await store.settlement().isSettled == false)
            try await store.finish(lease, .wait(until: try await store.now() + 3_600))
            try await set(.delayed, reason: "valid from tomorrow")
            #expect(try await store.settlement().isSettled)
            try await set(.retrying, reason: "attempt 1 of 4 failed")
            #expect(try await store.settlement().isSettled == false)
            try await fixture.finishAllWork()
            try await set(.failed, reason: "deploy failed 4 times: no")
            let failed = try await store.settlement()
            #expect(failed.isSettled && failed.failures == ["api@prod is failed: deploy failed 4 times: no"])
        }
    }

    @Test func `placements that fail alike are one sentence, told also while something is left to do`() async throws {
        try await StoreFixture.with { fixture in
            let (repo, _) = try await fixture.deployedShop()
            var report = try await fixture.store.status()
            var element = try #require(report.packages.first)
            element.state = .failed
            element.reason = "no luck\nat all"
            report.packages = (1...7).map { number in
                element.environment = EnvironmentName("e\(number)")
                return element
            }
            _ = try await fixture.push(repo)
            #expect(
                try await fixture.store.failures(in: report) == [
                    "api@e1, api@e2, api@e3, api@e4, api@e5 and 2 more are failed: no luck\nat all"
                ])
        }
    }

    @Test func `a repo that cannot be read or delivered has failed`() async throws {
        try await StoreFixture.with { fixture in
            let store = fixture.store
            let repo = try await fixture.addRepo()
            let change = try await fixture.push(repo)
            try await store.transaction(as: "deliver") { tx throws(StoreError) in
                try await tx.failChange(change.id, error: "there is no repo.ocu.star")
            }
            try await fixture.finishAllWork()
            let settlement = try await store.settlement()
            #expect(settlement.isSettled)
            #expect(settlement.failures == ["/srv/shop: there is no repo.ocu.star"])
            #expect(try await store.retry(filter: .init(), as: "ann") == 1)
            #expect(try await fixture.queued(.deliver) == [repo.description])
            #expect(try await store.reposToDeliver() == [repo])
        }
    }
}
