import Foundation
import Model
import Store
import Testing

@testable import SourceController

@Suite struct SourceArrivalTests {
    private func arrival(_ ref: RefName, at seconds: Double) throws -> SourceArrival {
        let id = try #require(ObjectID(hex: String(repeating: "1", count: 40)))
        return SourceArrival(ref: ref, commit: CommitID(id), committedAt: Date(timeIntervalSince1970: seconds))
    }

    private func tip() throws -> RefTip {
        RefTip(commit: CommitID(try #require(ObjectID(hex: String(repeating: "2", count: 40)))), sequence: 1)
    }

    @Test func `the newest commit is delivered last`() throws {
        let arrivals = [
            try arrival("refs/heads/a", at: 30), try arrival("refs/heads/b", at: 10),
            try arrival("refs/heads/c", at: 20),
        ]
        let refs: [RefPattern] = ["refs/heads/a", "refs/heads/b", "refs/heads/c"]
        let (delivered, seen) = SourceArrival.arrange(arrivals, refs: refs, known: [:])
        #expect(delivered.map(\.ref) == ["refs/heads/b", "refs/heads/c", "refs/heads/a"])
        #expect(seen.isEmpty)
    }

    @Test func `of the refs of a new pattern only the newest is delivered, and those of a known one all are`() throws {
        let arrivals = [
            try arrival("refs/tags/v1", at: 1), try arrival("refs/tags/v3", at: 3), try arrival("refs/tags/v2", at: 2),
            try arrival("refs/heads/main", at: 4),
        ]
        let refs: [RefPattern] = ["refs/heads/main", "refs/tags/v*"]
        let first = SourceArrival.arrange(arrivals, refs: refs, known: [:])
        #expect(first.delivered.map(\.ref) == ["refs/tags/v3", "refs/heads/main"])
        #expect(first.seen.map(\.ref) == ["refs/tags/v1", "refs/tags/v2"])
        let later = SourceArrival.arrange(arrivals, refs: refs, known: ["refs/tags/v0": try tip()])
        #expect(later.delivered.map(\.ref) == ["refs/tags/v1", "refs/tags/v2", "refs/tags/v3", "refs/heads/main"])
        #expect(later.seen.isEmpty)
    }

    @Test func `the default branch is delivered though no pattern names it`() throws {
        let (delivered, seen) = SourceArrival.arrange([try arrival("refs/heads/main", at: 1)], refs: [], known: [:])
        #expect(delivered.count == 1 && seen.isEmpty)
    }
}
