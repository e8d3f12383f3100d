import Foundation
import Git
import Model
import Repositories
import TestSupport
import Testing

@Suite struct `A reader of a repo` {
    let remote: RepositoryBuilder
    let directory: String
    let repositories: RepositorySet
    let repo = RepoID(rawValue: 1)
    let first: CommitID

    init() async throws {
        remote = try RepositoryBuilder()
        first = try remote.commit("first", ["a": "1"])
        directory = NSTemporaryDirectory() + "repositories-" + UUID().uuidString
        repositories = RepositorySet(directory: directory)
        _ = try await repositories.mirror(of: repo, url: remote.url).fetch()
    }

    private var mirrorPath: String { directory + "/o1.git" }

    private func read(_ commit: CommitID) async throws -> String {
        let reader = try await repositories.reader(of: repo, url: remote.url, needing: [commit])
        return try await reader.read { objects in
            String(decoding: try objects.file(at: "a", in: objects.commit(commit).tree), as: UTF8.self)
        }
    }

    @Test func `reads on when the mirror is deleted under it, with nobody polling`() async throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        #expect(try await read(first) == "1")
        try FileManager.default.removeItem(atPath: directory)
        let second = try remote.commit("second", ["a": "2"])
        #expect(try await read(second) == "2")
        #expect(try await read(first) == "1")
    }

    @Test func `has what it reads fetched when nobody fetched it, also from a branch that is gone`() async throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let second = try remote.commit("second", ["a": "2"])
        try remote.point("main", at: first)
        #expect(try await read(second) == "2")
    }

    @Test func `has a mirror with garbage in its objects made anew, all readers of it at once`() async throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let objects = mirrorPath + "/objects"
        for name in try FileManager.default.subpathsOfDirectory(atPath: objects) where name.utf8.count == 41 {
            try FileManager.default.removeItem(atPath: objects + "/" + name)
            try Data("garbage".utf8).write(to: URL(fileURLWithPath: objects + "/" + name))
        }
        try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<10 { group.addTask { try await read(first) } }
            for try await text in group { #expect(text == "1") }
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory).sorted() == ["o1.git", "o1.git.lock"])
    }

    @Test func `tells of the damage and of the remote when neither gives what is read`() async throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try FileManager.default.removeItem(atPath: mirrorPath)
        try FileManager.default.moveItem(atPath: remote.path, toPath: remote.path + ".away")
        let error = await #expect(throws: GitError.self) { try await read(first) }
        #expect(error?.code == .repositoryNotFound)
        #expect(error?.description.contains(mirrorPath) == true && error?.description.contains(remote.path) == true)
        try FileManager.default.moveItem(atPath: remote.path + ".away", toPath: remote.path)
        #expect(try await read(first) == "1")
    }

    @Test func `a new branch brings what is on no other, a first one its tip, a rewritten one what is new`()
        async throws
    {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let second = try remote.commit("second", ["a": "2"])
        try remote.point("release", at: second)
        let pins = try (1...3).map { number in
            try remote.commit("pin \(number)", on: "release", trailers: [("Ocuroot-Pin", "api@prod=\(number)")])
        }
        _ = try await repositories.mirror(of: repo, url: remote.url).fetch()
        let reader = try await repositories.reader(of: repo, url: remote.url, needing: [pins[2]])
        let branch = try await reader.push(from: nil, to: pins[2], besides: [second])
        #expect(branch.commits.map(\.commit) == pins && !branch.isRewritten)
        #expect(branch.commits.map(\.trailers.first?.value) == ["api@prod=1", "api@prod=2", "api@prod=3"])
        #expect(try await reader.push(from: nil, to: pins[2], besides: []).commits.map(\.commit) == [pins[2]])
        #expect(try await reader.push(from: nil, to: second, besides: [pins[2]]).commits.isEmpty)
        let forced = try await reader.push(from: pins[2], to: second, besides: [])
        #expect(forced.isRewritten && forced.commits.isEmpty)
        let lost = try #require(CommitID(hex: String(repeating: "e", count: 40)))
        let pruned = try await reader.push(from: lost, to: second, besides: [first])
        #expect(pruned.isRewritten && pruned.commits.map(\.commit) == [second])
    }

    @Test func `a tip that is no commit has no history, and is no push that was rewritten`() async throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let second = try remote.commit("second", ["a": "2"])
        _ = try await repositories.mirror(of: repo, url: remote.url).fetch()
        // The file `a` of the first commit.
        let key = try #require(CommitID(hex: "56a6051ca2b02b04ef92d5150c9ef600403cb1de"))
        let reader = try await repositories.reader(of: repo, url: remote.url, needing: [second, key])
        #expect(try await reader.push(from: first, to: second, besides: [key]).commits.map(\.commit) == [second])
        let moved = try await reader.push(from: key, to: second, besides: [first])
        #expect(moved.commits.map(\.commit) == [second] && !moved.isRewritten)
    }

    @Test func `a move brings nothing that any other watched branch has, be it branched off or merged`() async throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let develop = try remote.commit("develop", ["d": "1"], on: "develop", base: first)
        let old = try remote.commit("an order of last year", trailers: [("Ocuroot-Hold", "*@prod")])
        let topic = try remote.commit("topic", ["t": "1"], on: "topic", base: old)
        let merge = try remote.merge("main", into: "develop")
        _ = try await repositories.mirror(of: repo, url: remote.url).fetch()
        let reader = try await repositories.reader(of: repo, url: remote.url, needing: [topic, merge])
        let branched = try await reader.push(from: nil, to: topic, besides: [develop, old])
        #expect(branched.commits.map(\.commit) == [topic])
        let merged = try await reader.push(from: develop, to: merge, besides: [old])
        #expect(merged.commits.map(\.commit) == [merge] && !merged.isRewritten)
    }
}
