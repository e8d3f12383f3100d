import Foundation
import Git
import Model
import TestSupport
import Testing

@Suite struct `A mirror` {
    let remote: RepositoryBuilder
    let local: TemporaryMirror
    var mirror: Mirror { local.mirror }

    init() throws {
        remote = try RepositoryBuilder()
        local = try TemporaryMirror(of: remote.url)
    }

    @Test func `of an empty repository has no refs and is no error`() async throws {
        #expect(try await mirror.remoteTips().isEmpty)
        #expect(try await mirror.fetch().changes.isEmpty)
        await expectGitError(.missingRef) { try await local.read { try $0.resolve("refs/heads/main") } }
    }

    @Test func `brings the first push`() async throws {
        let commit = try remote.commit("first\n\nBody", ["a/b.txt": "hello"], trailers: [("Release", "1")])
        let report = try await mirror.fetch()
        #expect(report.changes == [RefChange(ref: "refs/heads/main", old: nil, new: commit.object)])
        #expect(report.tips.head == "refs/heads/main")
        #expect(report.packByteCount > 0)
        let (found, content) = try await local.read { objects in
            let found = try objects.commit(objects.resolve("HEAD"))
            return (found, try objects.file(at: "a/b.txt", in: found.tree))
        }
        #expect(found.id == commit)
        #expect(found.summary == "first")
        #expect(found.author.description == "Test <test@example.com>")
        #expect(found.trailers == [Trailer(token: "Release", value: "1")])
        #expect(content == Array("hello".utf8))
    }

    @Test func `is also made from a plain path`() async throws {
        let commit = try remote.commit("first", ["a": "1"])
        let plain = try TemporaryMirror(of: remote.path)
        #expect(try await plain.mirror.fetch().tips.commit(of: "refs/heads/main") == commit)
    }

    @Test func `lists the remote's refs without fetching`() async throws {
        let commit = try remote.commit("first", ["a": "1"])
        let tips = try await mirror.remoteTips()
        #expect(tips.refs == ["refs/heads/main": commit.object])
        #expect(tips.head == "refs/heads/main")
        #expect(try await local.read { $0.contains(commit.object) } == false)
    }

    @Test func `transfers nothing when no ref moved`() async throws {
        try remote.commit("first", ["a": "1"])
        _ = try await mirror.fetch()
        let packs = try packFiles()
        let second = try await mirror.fetch()
        #expect(second.changes.isEmpty)
        #expect(second.packByteCount == 0)
        #expect(try packFiles() == packs)
    }

    @Test func `transfers nothing when a ref moved to what is there`() async throws {
        let first = try remote.commit("first", ["a": "1"])
        _ = try await mirror.fetch()
        try remote.point("release", at: first)
        let report = try await mirror.fetch()
        #expect(report.changes == [RefChange(ref: "refs/heads/release", old: nil, new: first.object)])
        #expect(report.packByteCount == 0)
    }

    @Test func `follows a force-push and keeps what it removed`() async throws {
        let base = try remote.commit("base", ["a": "1"])
        let lost = try remote.commit("lost", ["a": "2"])
        _ = try await mirror.fetch()
        let rewritten = try remote.commit("rewritten", ["a": "3"], base: base)
        let report = try await mirror.fetch()
        #expect(
            report.changes == [RefChange(ref: "refs/heads/main", old: lost.object, new: rewritten.object)])
        #expect(try await local.read { try $0.resolve("refs/heads/main") } == rewritten)
        #expect(try await local.read { try $0.commit(lost).summary } == "lost")
    }

    @Test func `forgets a deleted branch`() async throws {
        let first = try remote.commit("first", ["a": "1"])
        try remote.point("feature", at: first)
        _ = try await mirror.fetch()
        try remote.deleteBranch("feature")
        let report = try await mirror.fetch()
        #expect(report.changes == [RefChange(ref: "refs/heads/feature", old: first.object, new: nil)])
        await expectGitError(.missingRef) { try await local.read { try $0.resolve("refs/heads/feature") } }
    }

    @Test func `lets a branch take the place of a deleted one that was its directory`() async throws {
        let first = try remote.commit("first", ["a": "1"])
        try remote.point("feature", at: first)
        _ = try await mirror.fetch()
        try remote.deleteBranch("feature")
        try remote.point("feature/one", at: first)
        _ = try await mirror.fetch()
        #expect(try await local.read { try $0.resolve("refs/heads/feature/one") } == first)
    }

    @Test func `lets a branch take the place of one that is gone, also where only the new one is asked for`()
        async throws
    {
        let first = try remote.commit("first", ["a": "1"])
        var last: String?
        for name in ["feature", "feature/one/two", "feature/one", "feature"] {
            if let last { try remote.deleteBranch(last) }
            try remote.point(name, at: first)
            _ = try await mirror.fetch(RefSelection(refs: [RefName("refs/heads/" + name)]))
            #expect(try await local.read { try $0.resolve(RefName("refs/heads/" + name)) } == first)
            last = name
        }
    }

    @Test func `mirrors tags and follows annotated ones to their commit`() async throws {
        let first = try remote.commit("first", ["a": "1"])
        let tag = try remote.tag("v1", at: first, message: "one")
        try remote.tag("light", at: first)
        let report = try await mirror.fetch()
        #expect(report.tips.refs["refs/tags/v1"] == tag)
        #expect(report.tips.commit(of: "refs/tags/v1") == first)
        #expect(report.tips.commit(of: "refs/tags/light") == first)
        #expect(tag != first.object)
        #expect(try await local.read { try $0.resolve("refs/tags/v1") } == first)
        #expect(try await local.read { try $0.resolve("refs/tags/light") } == first)
    }

    @Test func `follows the remote's default branch`() async throws {
        try remote.commit("first", ["a": "1"])
        _ = try await mirror.fetch()
        let trunk = try remote.commit("second", ["a": "2"], on: "trunk")
        try remote.setHead("trunk")
        #expect(try await mirror.fetch().tips.head == "refs/heads/trunk")
        #expect(try await local.read { try $0.resolve("HEAD") } == trunk)
    }

    @Test func `fetches only the refs that are asked for`() async throws {
        let first = try remote.commit("first", ["a": "1"])
        try remote.point("other", at: first)
        let report = try await mirror.fetch(RefSelection(refs: ["refs/heads/main"]))
        #expect(report.changes.map(\.ref) == ["refs/heads/main"])
        #expect(report.tips.refs.count == 2)
    }

    @Test func `fetches more refs than are named one by one`() async throws {
        let first = try remote.commit("first", ["a": "1"])
        for number in 0..<100 { try remote.point("b\(number)", at: first) }
        #expect(try await mirror.fetch().changes.count == 101)
    }

    @Test func `brings a commit that no branch leads to any more`() async throws {
        let base = try remote.commit("base", ["a": "1"])
        _ = try await mirror.fetch()
        let lost = try remote.commit("lost", ["a": "2"])
        try remote.point("main", at: base)
        try await mirror.ensure(lost)
        #expect(try await local.read { try $0.commit(lost).summary } == "lost")
    }

    @Test func `says so when a commit is nowhere`() async throws {
        try remote.commit("first", ["a": "1"])
        let nowhere = try #require(CommitID(hex: String(repeating: "7", count: 40)))
        let error = await expectGitError(.missingObject) { try await mirror.ensure(nowhere) }
        #expect(error?.hint?.contains("force-push") == true)
    }

    @Test func `serves many readers while it fetches`() async throws {
        let first = try remote.commit("first", ["a": "1"])
        _ = try await mirror.fetch()
        let pool = ReaderPool(path: mirror.path, count: 3)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [remote, mirror] in
                for number in 0..<10 {
                    try remote.commit("more", ["a": .text("\(number)")])
                    _ = try await mirror.fetch()
                }
            }
            for _ in 0..<50 {
                group.addTask {
                    let content = try await pool.read { try $0.file(at: "a", in: $0.commit(first).tree) }
                    #expect(content == Array("1".utf8))
                }
            }
            try await group.waitForAll()
        }
        let last = try await pool.read { try $0.commit($0.resolve("HEAD")) }
        #expect(try await pool.read { try $0.file(at: "a", in: last.tree) } == Array("9".utf8))
    }

    private func packFiles() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: mirror.path + "/objects/pack").sorted()
    }
}
