import Foundation
import Git
import Model
import TestSupport
import Testing

@Suite struct `A broken mirror` {
    let remote: RepositoryBuilder
    let local: TemporaryMirror
    let commit: CommitID

    init() async throws {
        remote = try RepositoryBuilder()
        commit = try remote.commit("first", ["a": "1"])
        local = try TemporaryMirror(of: remote.url)
        _ = try await local.mirror.fetch()
    }

    private func expectRepaired() async throws {
        _ = try await local.reopened().fetch()
        #expect(try await local.read { try $0.file(at: "a", in: $0.commit(commit).tree) } == Array("1".utf8))
    }

    @Test func `is made anew when its HEAD is cut off`() async throws {
        try Data().write(to: URL(fileURLWithPath: local.path + "/HEAD"))
        try await expectRepaired()
    }

    @Test func `is made anew when its objects are gone`() async throws {
        try FileManager.default.removeItem(atPath: local.path + "/objects")
        try await expectRepaired()
    }

    @Test func `is made anew when its configuration is garbage`() async throws {
        try Data("[core\n".utf8).write(to: URL(fileURLWithPath: local.path + "/config"))
        try await expectRepaired()
    }

    @Test func `is made when only an empty directory is there`() async throws {
        try FileManager.default.removeItem(atPath: local.path)
        try FileManager.default.createDirectory(atPath: local.path, withIntermediateDirectories: true)
        try await expectRepaired()
    }

    @Test func `is made when a killed process left half of one beside it`() async throws {
        try FileManager.default.moveItem(atPath: local.path, toPath: local.path + ".new")
        try FileManager.default.removeItem(atPath: local.path + ".new/objects")
        try await expectRepaired()
        #expect(!FileManager.default.fileExists(atPath: local.path + ".new"))
    }

    @Test func `goes on after a killed process left its locks and half a pack`() async throws {
        let second = try remote.commit("second", ["a": "2"])
        for name in ["HEAD.lock", "packed-refs.lock", "refs/heads/main.lock", "objects/pack/pack_git2_x1y2z3"] {
            try Data().write(to: URL(fileURLWithPath: local.path + "/" + name))
        }
        #expect(try await local.reopened().fetch().tips.commit(of: "refs/heads/main") == second)
        #expect(try await local.read { try $0.resolve("refs/heads/main") } == second)
        #expect(!FileManager.default.fileExists(atPath: local.path + "/objects/pack/pack_git2_x1y2z3"))
    }

    @Test func `reports an object that is damaged`() async throws {
        let second = try remote.commit("second", ["a": "2"])
        _ = try await local.mirror.fetch()
        let pack = try #require(
            FileManager.default.contentsOfDirectory(atPath: local.path + "/objects/pack").first {
                $0.hasSuffix(".pack")
            })
        let file = URL(fileURLWithPath: local.path + "/objects/pack/" + pack)
        var bytes = try Data(contentsOf: file)
        for position in 12..<bytes.count - 20 { bytes[position] ^= 0x5a }
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file.path)
        try bytes.write(to: file)
        await expectGitError(.corrupted) { try await local.read { try $0.commit(second) } }
    }

    @Test func `is made anew when a killed copy left it without objects`() async throws {
        let objects = local.path + "/objects"
        try FileManager.default.moveItem(atPath: objects, toPath: objects + ".old")
        try FileManager.default.createDirectory(atPath: objects + ".new/pack", withIntermediateDirectories: true)
        try await expectRepaired()
        #expect(!FileManager.default.fileExists(atPath: objects + ".old"))
        #expect(!FileManager.default.fileExists(atPath: objects + ".new"))
    }

    @Test func `of somebody else is set aside and kept`() async throws {
        let other = try TemporaryDirectory()
        try other.write("mirror/precious.txt", "keep me")
        let mirror = Mirror(directory: other.path + "/mirror", url: try RemoteURL(remote.url))
        #expect(try await mirror.fetch().tips.commit(of: "refs/heads/main") == commit)
        #expect(other.read("mirror.aside/precious.txt") == "keep me")
    }

    @Test func `is not touched while another process works on it`() async throws {
        let lock = open(local.path + ".lock", O_RDWR)
        defer { close(lock) }
        #expect(flock(lock, LOCK_EX | LOCK_NB) == 0)
        let access = RemoteAccess(limits: RemoteLimits(answerTimeout: .seconds(1)))
        await expectGitError(.locked) { try await local.reopened(access: access).fetch() }
    }
}
