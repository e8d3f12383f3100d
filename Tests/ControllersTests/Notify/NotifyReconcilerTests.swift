import ControllerRuntime
import Foundation
import Model
import Store
import TestSupport
import Testing

@testable import NotifyController

@Suite struct NotifyReconcilerTests {
    @Test func `what happened since a target was added is told, each event once`() async throws {
        try await NotifyFixture.with { fixture in
            try await fixture.happen("before")
            let target = try await fixture.target()
            let repo = try await fixture.happen("after")
            try await fixture.read()
            try await fixture.read()
            let told = try await fixture.notices(target).compactMap { notice -> EventFacts? in
                if case .event(let event) = notice.payload { event } else { nil }
            }
            #expect(told.map(\.kind) == ["repo.added"])
            #expect(told.first?.data["repo"] == .string(repo.description))
        }
    }

    @Test func `two replicas that read at once record each event once`() async throws {
        try await NotifyFixture.with { fixture in
            let target = try await fixture.target()
            for _ in 0..<30 { try await fixture.happen() }
            let reading = try #require(try await fixture.store.noticeReading(limit: 100))
            let (notices, last) = (
                NotifyPlan.notices(reading.events, to: reading.targets), try #require(reading.events.last?.event.id)
            )
            // The first replica's lease has expired without its knowing.
            let late = try await fixture.lease(.notify, NotifyReconciler.key, holder: "late")
            try await fixture.store.releaseWork()
            try await fixture.read()
            let refused = await #expect(throws: StoreError.self) {
                try await fixture.store.transaction(under: late, as: "notify") { tx throws(StoreError) in
                    try await tx.recordNotices(notices, from: reading.from, to: last)
                }
            }
            #expect(refused?.code == .leaseLost)
            let second = await #expect(throws: StoreError.self) {
                try await fixture.store.transaction(as: "notify") { tx throws(StoreError) in
                    try await tx.recordNotices(notices, from: reading.from, to: last)
                }
            }
            #expect(second?.code == .conflict)
            #expect(try await fixture.notices(target).count == 30)
        }
    }

    @Test func `a crash before the commit loses nothing`() async throws {
        try await NotifyFixture.with { fixture in
            let target = try await fixture.target()
            try await fixture.happen()
            let reading = try #require(try await fixture.store.noticeReading(limit: 100))
            let (notices, last) = (
                NotifyPlan.notices(reading.events, to: reading.targets), try #require(reading.events.last?.event.id)
            )
            await #expect(throws: StoreError.self) {
                try await fixture.store.transaction(as: "notify") { tx throws(StoreError) in
                    try await tx.recordNotices(notices, from: reading.from, to: last)
                    throw StoreError(.unavailable, "test", "the server died")
                }
            }
            #expect(try await fixture.notices(target).isEmpty)
            try await fixture.read()
            #expect(try await fixture.notices(target).count == 1)
        }
    }

    @Test func `a long log is read in pieces, and nobody who listens costs nothing`() async throws {
        try await NotifyFixture.with { fixture in
            try await fixture.happen()
            #expect(try await fixture.store.noticeReading(limit: 10) == nil)
            #expect(try await fixture.store.hasUnreadEvents() == false)
            let target = try await fixture.target()
            for _ in 0..<7 { try await fixture.happen() }
            let reading = try #require(try await fixture.store.noticeReading(limit: 3))
            #expect(reading.events.count == 3)
            try await fixture.read()
            #expect(try await fixture.notices(target).count == 7)
            #expect(try await fixture.store.hasUnreadEvents() == false)
            #expect(try await fixture.store.pendingNoticeTargets() == [target])
        }
    }

    @Test func `a target that is removed is told nothing, and its address is forgotten`() async throws {
        try await NotifyFixture.with { fixture in
            let target = try await fixture.target()
            try await fixture.happen()
            try await fixture.read()
            let isRemoved = try await fixture.store.transaction(as: "test") { tx throws(StoreError) in
                try await tx.removeNoticeTarget(target)
            }
            #expect(isRemoved)
            try await fixture.send(target)
            #expect(try await fixture.receiver.requests().isEmpty)
            #expect(try await fixture.store.noticeCredentials(target) == nil)
            #expect(try await fixture.store.noticeTargets().isEmpty)
        }
    }
}
