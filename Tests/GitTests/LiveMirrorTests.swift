import Foundation
import Git
import Glibc
import Model
import TestSupport
import Testing

/// Damage under an open mirror, as under a running server: no restart comes to its help.
@Suite struct `A mirror that is damaged while it is open` {
    let remote: RepositoryBuilder
    let local: TemporaryMirror
    let first: CommitID

    init() async throws {
        remote = try RepositoryBuilder()
        first = try remote.commit("first", ["a": "1", "big": .bytes(Damage.noise(200_000))])
        local = try TemporaryMirror(of: remote.url)
        _ = try await local.mirror.fetch()
    }

    /// Everything that the commits hold can be read, after what a poll does.
    private func expectHealed(_ second: CommitID, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        _ = try await local.mirror.remoteTips()
        _ = try await local.mirror.fetch()
        for commit in [first, second] {
            let bytes = try await local.read { try $0.file(at: "big", in: $0.commit(commit).tree) }
            #expect(bytes.count == 200_000, sourceLocation: sourceLocation)
        }
    }

    @Test(arguments: Damage.visible)
    func `is made anew by the next poll`(damage: Damage) async throws {
        try damage.apply(to: local.path)
        try await expectHealed(try remote.commit("second", ["a": "2"]))
    }

    @Test(arguments: Damage.hidden)
    func `is made anew once a read finds it out`(damage: Damage) async throws {
        try damage.apply(to: local.path)
        try await local.mirror.repair(after: Damage.suspicion, needing: [first])
        try await expectHealed(try remote.commit("second", ["a": "2"]))
    }

    @Test func `keeps what a foreign thing in its place holds`() async throws {
        try Damage.fileInItsPlace.apply(to: local.path)
        try await expectHealed(try remote.commit("second", ["a": "2"]))
        #expect(local.directory.read("mirror.aside") == "not a mirror")
        try FileManager.default.removeItem(atPath: local.path)
        try local.directory.write("mirror/precious.txt", "keep me")
        try await expectHealed(try remote.commit("third", ["a": "3"]))
        #expect(local.directory.read("mirror.aside-2/precious.txt") == "keep me")
    }

    @Test func `is left as it is while the remote is down, and when the remote is what is damaged`() async throws {
        let path = remote.path
        try FileManager.default.moveItem(atPath: path, toPath: path + ".away")
        await expectGitError(.repositoryNotFound) { try await local.mirror.fetch() }
        try Damage.objectsGarbage.apply(to: path + ".away")
        try FileManager.default.moveItem(atPath: path + ".away", toPath: path)
        _ = try? await local.mirror.fetch()
        let bytes = try await local.read { try $0.file(at: "big", in: $0.commit(first).tree) }
        #expect(bytes.count == 200_000)
    }

    @Test func `keeps what can still be read until the remote answers, and then heals`() async throws {
        let blob = try await local.read { try $0.entry(at: "a", in: $0.commit(first).tree) }
        try Damage.remove(try #require(blob).id, from: local.path)
        try FileManager.default.moveItem(atPath: remote.path, toPath: remote.path + ".away")
        let error = await expectGitError(.repositoryNotFound) {
            try await local.mirror.repair(after: Damage.suspicion, needing: [first])
        }
        #expect(error?.description.contains(local.path) == true && error?.cause.contains(remote.path) == true)
        #expect(try await local.read { try $0.commit(first).summary } == "first")
        #expect(try await local.mirror.lacking([first]) == [first], "a damaged mirror is to be fetched")
        try FileManager.default.moveItem(atPath: remote.path + ".away", toPath: remote.path)
        _ = try await local.mirror.fetch()
        #expect(try await local.read { try $0.file(at: "a", in: $0.commit(first).tree) } == Array("1".utf8))
        #expect(try await local.mirror.lacking([first]).isEmpty)
    }

    @Test func `is not made anew again and again`() async throws {
        for _ in 0..<3 {
            try Damage.objectsGarbage.apply(to: local.path)
            try await local.mirror.repair(after: Damage.suspicion, needing: [first])
        }
        try Damage.objectsGarbage.apply(to: local.path)
        let error = await expectGitError(.corrupted) {
            try await local.mirror.repair(after: Damage.suspicion, needing: [first])
        }
        #expect(error?.description.contains("fetched anew 3 times") == true, "\(String(describing: error))")
    }

    @Test func `is not made anew for an object that nobody has`() async throws {
        let marker = local.path + "/kept"
        try Data().write(to: URL(fileURLWithPath: marker))
        let nowhere = try #require(CommitID(hex: String(repeating: "7", count: 40)))
        try await local.mirror.repair(after: Damage.suspicion, needing: [first, nowhere])
        #expect(FileManager.default.fileExists(atPath: marker))
    }

    @Test func `brings a commit that no branch leads to when it is read`() async throws {
        let lost = try remote.commit("lost", ["a": "2"])
        try remote.point("main", at: first)
        try FileManager.default.removeItem(atPath: local.path)
        try await local.mirror.repair(after: Damage.suspicion, needing: [lost])
        #expect(try await local.read { try $0.commit(lost).summary } == "lost")
    }

    @Test func `is an error, not the end of the process, for a reader whose pack is cut off`() async throws {
        let pool = ReaderPool(path: local.path, count: 1)
        let commit = first
        let read: @Sendable (Objects) throws -> Int = { try $0.file(at: "big", in: $0.commit(commit).tree).count }
        try Damage.pack(local.path)
        _ = try await pool.read(read)
        try Damage.cutOffPack.apply(to: local.path)
        await #expect(throws: GitError.self) { try await pool.read(read) }
        try await local.mirror.repair(after: Damage.suspicion, needing: [first])
        pool.reopen()
        #expect(try await pool.read(read) == 200_000)
    }
}
