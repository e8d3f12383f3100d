import Foundation
import Git
import Model
import TestSupport
import Testing

@Suite struct `A worktree` {
    let remote: RepositoryBuilder
    let outer: TemporaryDirectory
    let worktree: Worktree
    var root: String { worktree.directory }

    init() throws {
        remote = try RepositoryBuilder()
        outer = try TemporaryDirectory()
        worktree = Worktree(directory: outer.path + "/tree")
    }

    @discardableResult
    private func checkOut(_ commit: CommitID) async throws -> CheckOutReport {
        let tree = try await Reader(path: remote.path).read { try $0.commit(commit).tree }
        return try await worktree.checkOut(tree, from: remote.path)
    }

    private func listing() throws -> [String] {
        try outer.listing().filter { $0.hasPrefix("tree/") }.map { String($0.dropFirst(5)) }
    }

    private func mode(_ name: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: root + "/" + name)
        return try #require(attributes[.posixPermissions] as? Int)
    }

    @Test func `holds the files of the tree with their modes`() async throws {
        let commit = try remote.commit(
            "x",
            [
                "plain": "text", "d/run.sh": .executable("#!/bin/sh\n"), "d/link": .symlink(to: "../plain"),
                "empty": "", "deep/er/est/file": .bytes([0, 1, 255]), "ünïcode name": "u",
            ])
        let report = try await checkOut(commit)
        #expect(report.written == 6)
        #expect(
            try listing() == ["d/link", "d/run.sh", "deep/er/est/file", "empty", "plain", "ünïcode name"])
        #expect(outer.read("tree/plain") == "text")
        #expect(try mode("plain") & 0o100 == 0)
        #expect(try mode("d/run.sh") & 0o100 != 0)
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: root + "/d/link") == "../plain")
        #expect(FileManager.default.contents(atPath: root + "/deep/er/est/file") == Data([0, 1, 255]))
    }

    @Test func `holds the pointer of a file that LFS keeps, and an empty directory for a submodule`() async throws {
        let pointer =
            "version https://git-lfs.github.com/spec/v1\noid sha256:\(String(repeating: "a", count: 64))\nsize 9\n"
        let commit = try remote.commit(
            "x", [".gitattributes": "*.bin filter=lfs diff=lfs merge=lfs -text\n", "large.bin": .text(pointer)])
        let entries = try Program.git("ls-tree", commit.hex, in: remote.path) + "160000 commit \(commit.hex)\tother\n"
        let made = try Program.git("mktree", "--missing", in: remote.path, input: entries)
        let tree = try #require(TreeID(hex: made.trimmingCharacters(in: .whitespacesAndNewlines)))
        _ = try await worktree.checkOut(tree, from: remote.path)
        #expect(outer.read("tree/large.bin") == pointer)
        #expect(try FileManager.default.contentsOfDirectory(atPath: root + "/other").isEmpty)
        try await checkOut(commit)
        #expect(!FileManager.default.fileExists(atPath: root + "/other"))
    }

    @Test func `writes only what differs from the tree before`() async throws {
        let one = try remote.commit("x", ["kept/a": "1", "kept/b": "2", "changed": "1", "gone/c": "3"])
        let two = try remote.commit("y", ["changed": "2", "gone": .deleted, "new": "4"])
        try await checkOut(one)
        let before = try FileManager.default.attributesOfItem(atPath: root + "/kept/a")[.modificationDate] as? Date
        let report = try await checkOut(two)
        #expect("\(report.written) \(report.kept) \(report.removed)" == "2 2 1")
        #expect(try listing() == ["changed", "kept/a", "kept/b", "new"])
        #expect(outer.read("tree/changed") == "2")
        let after = try FileManager.default.attributesOfItem(atPath: root + "/kept/a")[.modificationDate] as? Date
        #expect(before == after)
    }

    @Test func `writes nothing when it is right, also without its manifest`() async throws {
        let commit = try remote.commit("x", ["a": "1", "l": .symlink(to: "a"), "x": .executable("2")])
        try await checkOut(commit)
        #expect(try await checkOut(commit).written == 0)
        try FileManager.default.removeItem(atPath: root + ".manifest")
        #expect(try await checkOut(commit).written == 0)
        try Data("garbage".utf8).write(to: URL(fileURLWithPath: root + ".manifest"))
        let report = try await checkOut(commit)
        #expect("\(report.written) \(report.kept) \(report.removed)" == "0 3 0")
    }

    @Test func `restores what a run changed, whatever it did to hide it`() async throws {
        let commit = try remote.commit("x", ["a": "original", "b": "original", "c": "1", "d": "1", "e/f": "1"])
        try await checkOut(commit)
        let old = try FileManager.default.attributesOfItem(atPath: root + "/a")[.modificationDate]
        try outer.write("tree/a", "tampered")
        try FileManager.default.setAttributes([.modificationDate: try #require(old)], ofItemAtPath: root + "/a")
        try outer.write("tree/b", "longer than before")
        try FileManager.default.removeItem(atPath: root + "/c")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: root + "/d")
        try FileManager.default.removeItem(atPath: root + "/e")
        try outer.write("tree/e", "a file where a directory was")
        try await checkOut(commit)
        #expect(outer.read("tree/a") == "original")
        #expect(outer.read("tree/b") == "original")
        #expect(outer.read("tree/c") == "1")
        #expect(try mode("d") & 0o100 == 0)
        #expect(outer.read("tree/e/f") == "1")
    }

    @Test func `is cleared of what a run left behind, except .ocuroot`() async throws {
        let commit = try remote.commit("x", ["a": "1", ".gitignore": "out/\n*.log\n"])
        try await checkOut(commit)
        for name in ["out/deep/x", "b.log", "untracked", "nested/.git/config", ".git/HEAD", ".ocuroot/cache/x"] {
            try outer.write("tree/" + name, "x")
        }
        try FileManager.default.createDirectory(atPath: root + "/empty", withIntermediateDirectories: true)
        try outer.write("tree/readonly/x", "x")
        try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: root + "/readonly")
        try await checkOut(commit)
        #expect(try listing() == [".gitignore", ".ocuroot/cache/x", "a"])
    }

    @Test func `never writes or deletes through a symlink`() async throws {
        let precious = try TemporaryDirectory()
        try precious.write("file", "precious")
        try precious.write("sub/file", "precious")
        let commit = try remote.commit("x", ["sub/file": "tree", "file": "tree", "other": "1"])
        try await checkOut(commit)
        try FileManager.default.removeItem(atPath: root + "/sub")
        try FileManager.default.createSymbolicLink(atPath: root + "/sub", withDestinationPath: precious.path + "/sub")
        try FileManager.default.removeItem(atPath: root + "/file")
        try FileManager.default.createSymbolicLink(atPath: root + "/file", withDestinationPath: precious.path + "/file")
        try FileManager.default.createSymbolicLink(atPath: root + "/extra", withDestinationPath: precious.path)
        try await checkOut(commit)
        #expect(precious.read("file") == "precious")
        #expect(precious.read("sub/file") == "precious")
        #expect(outer.read("tree/sub/file") == "tree")
        #expect(outer.read("tree/file") == "tree")
        #expect(try listing() == ["file", "other", "sub/file"])
    }

    @Test func `lets a symlink of the tree point outside without following it`() async throws {
        let precious = try TemporaryDirectory()
        try precious.write("file", "precious")
        let one = try remote.commit("x", ["out": .symlink(to: precious.path)])
        let two = try remote.commit("y", ["out": .deleted, "out/file": "tree"])
        try await checkOut(one)
        try await checkOut(two)
        #expect(precious.read("file") == "precious")
        #expect(outer.read("tree/out/file") == "tree")
        try await checkOut(one)
        #expect(precious.read("file") == "precious")
    }

    @Test func `is not made through a symlink in its own place`() async throws {
        let precious = try TemporaryDirectory()
        try precious.write("file", "precious")
        try FileManager.default.createSymbolicLink(atPath: root, withDestinationPath: precious.path)
        let commit = try remote.commit("x", ["a": "1"])
        await expectGitError(.fileSystem) { try await checkOut(commit) }
        #expect(precious.read("file") == "precious")
    }

    @Test(arguments: [".git", ".GIT", "git~1", "..", ""])
    func `refuses a tree with a dangerous name`(name: String) async throws {
        let commit = try remote.commitRaw("evil", [(mode: "100644", name: name, content: "x")])
        await expectGitError(.unsafePath) { try await checkOut(commit) }
        #expect(try listing().isEmpty)
    }

    @Test func `leaves out .ocuroot of the tree`() async throws {
        let commit = try remote.commit("x", ["a": "1", ".ocuroot/state": "from the repository"])
        try outer.write("tree/.ocuroot/state", "local")
        try await checkOut(commit)
        #expect(outer.read("tree/.ocuroot/state") == "local")
    }

    @Test func `converts line ends as .gitattributes asks`() async throws {
        let one = try remote.commit(
            "x", ["win/.gitattributes": "*.bat eol=crlf\n", "win/a.bat": "1\n2\n", "win/b.sh": "1\n", "c.bat": "1\n"])
        try await checkOut(one)
        #expect(outer.read("tree/win/a.bat") == "1\r\n2\r\n")
        #expect(outer.read("tree/win/b.sh") == "1\n")
        #expect(outer.read("tree/c.bat") == "1\n")
        let two = try remote.commit("y", ["win/.gitattributes": "# none\n"])
        try await checkOut(two)
        #expect(outer.read("tree/win/a.bat") == "1\n2\n")
    }

    @Test func `of a missing tree says so`() async throws {
        try remote.commit("x", ["a": "1"])
        let nowhere = try #require(TreeID(hex: String(repeating: "7", count: 40)))
        await expectGitError(.missingObject) { try await worktree.checkOut(nowhere, from: remote.path) }
    }

    @Test func `is bounded`() async throws {
        let commit = try remote.commit("x", ["a": "1", "b": "22222", "c": "3"])
        let tree = try await Reader(path: remote.path).read { try $0.commit(commit).tree }
        let all = [WorktreeLimits(filesMax: 2), WorktreeLimits(fileBytesMax: 4), WorktreeLimits(bytesMax: 5)]
        for (number, limits) in all.enumerated() {
            let small = Worktree(directory: outer.path + "/small\(number)", limits: limits)
            await expectGitError(.tooLarge) { try await small.checkOut(tree, from: remote.path) }
        }
    }

    @Test func `ends when its task is cancelled and is put right by the next`() async throws {
        let commit = try remote.commit("x", ["a": "1"])
        await expectGitError(.cancelled) {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.cancelAll()
                group.addTask { try await checkOut(commit) }
                try await group.waitForAll()
            }
        }
        try await checkOut(commit)
        #expect(outer.read("tree/a") == "1")
    }

    @Test func `is not touched while another process works on it`() async throws {
        let commit = try remote.commit("x", ["a": "1"])
        let lock = open(root + ".lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        defer { close(lock) }
        #expect(flock(lock, LOCK_EX | LOCK_NB) == 0)
        await expectGitError(.locked) {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.cancelAll()
                group.addTask { try await checkOut(commit) }
                try await group.waitForAll()
            }
        }
    }

    @Test func `is made from a URL on a machine that never saw the repository`() async throws {
        let first = try remote.commit("x", ["a": "1"])
        try remote.commit("y", ["a": "2"])
        let local = try TemporaryMirror(of: remote.url)
        let report = try await worktree.checkOut(first, from: local.mirror)
        #expect(report.written == 1)
        #expect(outer.read("tree/a") == "1")
    }

    @Test(arguments: 0..<4)
    func `is what git checks out, after any sequence of trees`(seed: UInt64) async throws {
        var random = SplitMix(state: seed)
        var commits: [CommitID] = []
        for _ in 0..<5 { commits.append(try remote.commit("x", RandomTree.edits(count: 60, &random))) }
        for _ in 0..<8 {
            let commit = try #require(commits.randomElement(using: &random))
            for _ in 0..<3 {
                let victim = try #require((listing() + ["extra"]).randomElement(using: &random))
                if Bool.random(using: &random) {
                    try? FileManager.default.removeItem(atPath: root + "/" + victim)
                } else {
                    try? outer.write("tree/" + victim, "changed")
                }
            }
            try await checkOut(commit)
            let reference = try TemporaryDirectory()
            try Program.git("--work-tree", reference.path, "checkout", "-f", commit.hex, "--", ".", in: remote.path)
            try Program.run("/usr/bin/diff", ["-r", "--no-dereference", reference.path, root])
            try FileManager.default.removeItem(atPath: remote.path + "/index")
        }
    }
}
