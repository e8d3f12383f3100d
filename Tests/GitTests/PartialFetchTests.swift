import Foundation
import Git
import Model
import TestSupport
import Testing

@Suite(.serialized) struct `A remote with a ref that cannot be had` {
    let remote: RepositoryBuilder
    let first: CommitID

    init() throws {
        remote = try RepositoryBuilder()
        first = try remote.commit("first", ["a": "1"])
    }

    /// The mirror of the remote, on this machine or over http; it has the first commit.
    private func mirror(isWeb: Bool) async throws -> (local: TemporaryMirror, server: GitWebServer?) {
        let url = URL(fileURLWithPath: remote.path)
        let server = isWeb ? try GitWebServer(root: url.deletingLastPathComponent().path) : nil
        let local = try TemporaryMirror(
            of: server.map { "http://127.0.0.1:\($0.port)/\(url.lastPathComponent)" } ?? remote.url)
        _ = try await local.mirror.fetch()
        return (local, server)
    }

    /// Ten branches, of which one has lost its tree.
    private func push() throws -> (good: [RefName], bad: RefName) {
        var good: [RefName] = []
        for number in 0..<9 {
            try remote.commit("x", ["x": .text("\(number)")], on: "good\(number)", base: first)
            good.append(RefName("refs/heads/good\(number)"))
        }
        try remote.commit("y", ["lost/y": "1"], on: "bad", base: first)
        // The tree `lost`, with the file `y` of one byte.
        try remote.lose(try #require(ObjectID(hex: Self.lostTree)))
        return (good, "refs/heads/bad")
    }

    private static let lostTree = "f2879cd5950f30361cdac9ba98304604b871c467"

    @Test(arguments: [false, true])
    func `gives all others`(isWeb: Bool) async throws {
        let (local, server) = try await mirror(isWeb: isWeb)
        let (good, bad) = try push()
        let report = try await local.mirror.fetch(RefSelection(refs: good + [bad]), isPartial: true)
        #expect(report.failures.keys.sorted() == [bad], "\(report.failures)")
        #expect(report.changes.map(\.ref) == good)
        for ref in good { _ = try await local.read { try $0.commit(try $0.resolve(ref)) } }
        let error = try #require(report.failures[bad])
        #expect(error.mayBeOfOneRef, "\(error)")
        await #expect(throws: GitError.self) { try await local.mirror.fetch(RefSelection(refs: good + [bad])) }
        withExtendedLifetime(server) {}
    }

    @Test(arguments: [false, true])
    func `has a damaged mirror made anew without it`(isWeb: Bool) async throws {
        let (local, server) = try await mirror(isWeb: isWeb)
        let (good, _) = try push()
        try Damage.objectsGarbage.apply(to: local.path)
        try await local.mirror.repair(after: Damage.suspicion, needing: [first])
        for ref in good + ["refs/heads/main"] { _ = try await local.read { try $0.commit(try $0.resolve(ref)) } }
        withExtendedLifetime(server) {}
    }

    @Test(arguments: [false, true])
    func `a commit that git cannot read is no damage to the mirror`(isWeb: Bool) async throws {
        let (local, server) = try await mirror(isWeb: isWeb)
        let bad = try remote.commitMalformed(on: "bad")
        let report = try await local.mirror.fetch(isPartial: true)
        #expect(report.failures.isEmpty || report.failures.values.map(\.code) == [.malformed])
        if isWeb { await expectGitError(.malformed) { try await local.read { try $0.commit(bad) } } }
        let inode = try FileManager.default.attributesOfItem(atPath: local.path)[.systemFileNumber] as? Int
        try await local.mirror.repair(after: Damage.suspicion, needing: [])
        #expect(try FileManager.default.attributesOfItem(atPath: local.path)[.systemFileNumber] as? Int == inode)
        withExtendedLifetime(server) {}
    }
}
