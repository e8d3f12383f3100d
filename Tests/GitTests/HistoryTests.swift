import Git
import Model
import TestSupport
import Testing

@Suite struct `The history of a push` {
    let remote: RepositoryBuilder
    let base: CommitID

    init() throws {
        remote = try RepositoryBuilder()
        base = try remote.commit("base", ["a": "1"])
    }

    private func history(from old: CommitID?, to new: CommitID, max: Int = 100) async throws -> History {
        try await Reader(path: remote.path).read { try $0.history(from: old, to: new, commitsMax: max) }
    }

    @Test func `lists its commits oldest first`() async throws {
        let one = try remote.commit("one", ["a": "2"])
        let two = try remote.commit("two", ["a": "3"])
        let found = try await history(from: base, to: two)
        #expect(found.commits.map(\.id) == [one, two])
        #expect(!found.isRewritten)
        #expect(!found.isTruncated)
        #expect(found.mergeBase == base)
    }

    @Test(
        arguments: [(.max, 253_402_300_799), (.min, -62_135_596_800), (1_700_000_000, 1_700_000_000)]
            as [(Int64, Int64)]
    )
    func `has the nearest time that a database can hold for what a commit says`(said: Int64, taken: Int64) {
        #expect(Signature(name: "Ann", email: "ann@example.com", timeSeconds: said).timeSeconds == taken)
    }

    @Test func `has commits that change nothing`() async throws {
        let empty = try remote.commit("empty")
        let found = try await history(from: base, to: empty)
        #expect(found.commits.map(\.id) == [empty])
        #expect(try await Reader(path: remote.path).read { try $0.commit(base).tree } == found.commits[0].tree)
    }

    @Test func `has the commits of a merged branch before the merge`() async throws {
        let side = try remote.commit("side", ["b": "1"], on: "feature", base: base)
        let main = try remote.commit("main", ["c": "1"])
        let merge = try remote.merge("feature")
        let found = try await history(from: base, to: merge)
        #expect(found.commits.last?.id == merge)
        #expect(found.commits.last?.parents == [main, side])
        #expect(Set(found.commits.map(\.id)) == [side, main, merge])
    }

    @Test func `of a first push is bounded and keeps the newest`() async throws {
        var all = [base]
        for number in 0..<20 { all.append(try remote.commit("\(number)", ["a": .text("x\(number)")])) }
        let found = try await history(from: nil, to: try #require(all.last), max: 5)
        #expect(found.commits.map(\.id) == Array(all.suffix(5)))
        #expect(found.isTruncated)
        #expect(found.mergeBase == nil)
    }

    @Test func `of a force-push has what came since the merge base`() async throws {
        let old = try remote.commit("old", ["a": "2"])
        let new = try remote.commit("new", ["a": "3"], base: base)
        let found = try await history(from: old, to: new)
        #expect(found.commits.map(\.id) == [new])
        #expect(found.isRewritten)
        #expect(found.mergeBase == base)
    }

    @Test func `of a reset to an older commit is empty and rewritten`() async throws {
        let newer = try remote.commit("newer", ["a": "2"])
        let found = try await history(from: newer, to: base)
        #expect(found.commits.isEmpty)
        #expect(found.isRewritten)
    }

    @Test func `of an unrelated history has no merge base`() async throws {
        let other = try RepositoryBuilder()
        let stranger = try other.commit("stranger", ["z": "1"])
        try Program.git("fetch", "-q", other.path, "main:other", in: remote.path)
        let found = try await history(from: base, to: stranger)
        #expect(found.commits.map(\.id) == [stranger])
        #expect(found.isRewritten)
        #expect(found.mergeBase == nil)
    }

    @Test func `fails loudly when the old tip is missing`() async throws {
        let nowhere = try #require(CommitID(hex: String(repeating: "7", count: 40)))
        await expectGitError(.missingObject) { try await history(from: nowhere, to: base) }
        await expectGitError(.missingObject) { try await history(from: base, to: nowhere) }
    }

    @Test func `tells ancestors`() async throws {
        let one = try remote.commit("one", ["a": "2"])
        let side = try remote.commit("side", ["a": "3"], on: "feature", base: base)
        try await Reader(path: remote.path).read { (objects) throws -> Void in
            #expect(try objects.isAncestor(base, of: one))
            #expect(try objects.isAncestor(one, of: one))
            #expect(try !objects.isAncestor(one, of: base))
            #expect(try !objects.isAncestor(one, of: side))
            #expect(try objects.mergeBase(one, side) == base)
        }
    }
}
