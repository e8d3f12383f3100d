import Foundation
import Git
import Model
import TestSupport
import Testing

@Suite struct `A mirror of a repository on this machine` {
    let remote: RepositoryBuilder
    let local: TemporaryMirror

    init() throws {
        remote = try RepositoryBuilder()
        local = try TemporaryMirror(of: remote.path)
    }

    /// Git's own check that everything that refs lead to is there.
    private func expectWhole() throws {
        try Program.git("fsck", "--full", "--strict", "--no-dangling", in: local.path)
        let list = ["rev-list", "--objects", "--all"]
        let ours = try Program.run("/usr/bin/git", list, in: local.path).split(separator: "\n").sorted()
        let theirs = try Program.run("/usr/bin/git", list, in: remote.path).split(separator: "\n").sorted()
        #expect(ours == theirs)
    }

    @Test(arguments: 0..<4)
    func `has every object, whatever is pushed`(seed: UInt64) async throws {
        var random = SplitMix(state: seed)
        for step in 0..<12 {
            switch Int.random(in: 0..<6, using: &random) {
            case 0: try remote.commit("side", RandomTree.edits(count: 5, &random), on: "side")
            case 1:
                try remote.commit("base", [:])
                try remote.tag("v\(step)", at: try remote.tip(), message: "annotated")
            case 2:
                let tip = try remote.commit("x", RandomTree.edits(count: 5, &random))
                try remote.commit("y", ["new\(step)": "1"], on: "fork\(step)", base: tip)
                try remote.merge("fork\(step)")
            case 3:
                let tip = try remote.commit("x", [:])
                try remote.commit("lost", RandomTree.edits(count: 5, &random))
                if Bool.random(using: &random) { _ = try await local.mirror.fetch() }
                try remote.point("main", at: tip)
            case 4: try Program.git("repack", "-adq", in: remote.path)
            default: try remote.commit("x", RandomTree.edits(count: 20, &random))
            }
            if Bool.random(using: &random) { _ = try await local.mirror.fetch() }
        }
        try remote.commit("last", ["last": "1"])
        #expect(try await local.mirror.fetch().packByteCount > 0)
        try expectWhole()
    }

    @Test func `keeps the number of its packs bounded under readers that stay open`() async throws {
        var commits = [try remote.commit("first", ["a": "0"])]
        _ = try await local.mirror.fetch()
        let (early, late) = (Reader(path: local.path), Reader(path: local.path))
        for number in 1...60 {
            let commit = try remote.commit("c", ["a": .text("\(number)"), "d\(number)/b": .text("\(number)")])
            commits.append(commit)
            _ = try await local.mirror.fetch()
            #expect(try await early.read { try $0.file(at: "a", in: $0.commit(commit).tree) }.count > 0)
            if number == 45 { _ = try await late.read { try $0.commit(commit) } }
        }
        #expect(try packCount() > 51)
        _ = try await local.mirror.fetch()
        #expect(try packCount() < 10)
        for (number, commit) in commits.enumerated() {
            let content = Array("\(number)".utf8)
            #expect(try await late.read { try $0.file(at: "a", in: $0.commit(commit).tree) } == content)
        }
        try expectWhole()
    }

    private func packCount() throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: local.path + "/objects/pack")
            .filter { $0.hasSuffix(".pack") }.count
    }

    @Test func `takes from a checkout as well`() async throws {
        let clone = try RepositoryBuilder(isBare: false)
        let first = try clone.commit("x", ["a": "1"])
        let local = try TemporaryMirror(of: clone.path)
        #expect(try await local.mirror.fetch().tips.commit(of: "refs/heads/main") == first)
        let second = try clone.commit("y", ["a": "2"])
        #expect(try await local.mirror.fetch().tips.commit(of: "refs/heads/main") == second)
    }

    @Test func `takes from a repository that keeps objects elsewhere`() async throws {
        try remote.commit("x", ["a": "1", "d/b": "2"])
        let directory = try TemporaryDirectory()
        try Program.git("clone", "-q", "--bare", "--shared", remote.path, "shared", in: directory.path)
        let local = try TemporaryMirror(of: directory.path + "/shared")
        _ = try await local.mirror.fetch()
        try Program.git("fsck", "--full", "--strict", in: local.path)
        #expect(try await local.read { try $0.file(at: "d/b", in: $0.commit($0.resolve("HEAD")).tree) } == [50])
    }

    @Test func `refuses a shallow clone with a way out`() async throws {
        try remote.commit("x", ["a": "1"])
        try remote.commit("y", ["a": "2"])
        let directory = try TemporaryDirectory()
        try Program.git("clone", "-q", "--bare", "--depth=1", remote.url, "shallow", in: directory.path)
        let local = try TemporaryMirror(of: directory.path + "/shallow")
        let error = await expectGitError(.unsupportedFormat) { try await local.mirror.fetch() }
        #expect(error?.hint?.contains("unshallow") == true)
    }

    @Test func `stays as it is when the repository lacks an object`() async throws {
        let first = try remote.commit("x", ["a": "1"])
        _ = try await local.mirror.fetch()
        let broken = try remote.commit("y", ["a": "2"])
        let blob = try await Reader(path: remote.path).read { objects in
            try objects.entry(at: "a", in: objects.commit(broken).tree)?.id.hex ?? ""
        }
        try FileManager.default.removeItem(atPath: remote.path + "/objects/\(blob.prefix(2))/\(blob.dropFirst(2))")
        let error = await expectGitError(.failed) { try await local.mirror.fetch() }
        #expect(error?.hint?.contains("git fsck") == true)
        #expect(try await local.read { !$0.contains(broken.object) })
        #expect(try await local.read { try $0.resolve("refs/heads/main") } == first)
    }
}
