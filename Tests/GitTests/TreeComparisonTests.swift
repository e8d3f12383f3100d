import Git
import Model
import TestSupport
import Testing

@Suite struct `Two trees` {
    let remote: RepositoryBuilder

    init() throws {
        remote = try RepositoryBuilder()
    }

    private func changes(_ old: CommitID?, _ new: CommitID?, max: Int = 1000) async throws -> [PathChange] {
        try await Reader(path: remote.path).read { objects in
            try objects.changes(
                from: old.map { try objects.commit($0).tree }, to: new.map { try objects.commit($0).tree },
                changesMax: max)
        }
    }

    @Test func `that are equal differ nowhere`() async throws {
        let one = try remote.commit("x", ["a/b": "1"])
        let two = try remote.commit("empty")
        #expect(try await changes(one, two).isEmpty)
    }

    @Test func `differ by kind`() async throws {
        let one = try remote.commit(
            "x", ["mod": "1", "gone": "1", "mode": "1", "type": "1", "dir/x": "1", "file": "1", "kept": "1"])
        let two = try remote.commit(
            "y",
            [
                "mod": "2", "gone": .deleted, "mode": .executable("1"), "type": .symlink(to: "mod"),
                "dir": "now a file", "file": .deleted, "file/x": "now a directory", "new/deep/x": "1",
                "dir/x": .deleted,
            ])
        let found = try await changes(one, two)
        #expect(
            Set(found.map { "\($0.kind) \($0.path)" }) == [
                "modified mod", "deleted gone", "modified mode", "typeChanged type", "deleted dir/x", "added dir",
                "deleted file", "added file/x", "added new/deep/x",
            ])
        let mode = try #require(found.first { $0.path == "mode" })
        #expect(mode.old?.kind == .file)
        #expect(mode.new?.kind == .executable)
        #expect(mode.old?.id == mode.new?.id)
    }

    @Test func `differ everywhere when one is empty`() async throws {
        let one = try remote.commit("x", ["a/b": "1", "c": "2"])
        #expect(try await changes(nil, one).map(\.kind) == [.added, .added])
        #expect(try await changes(one, nil).map(\.kind) == [.deleted, .deleted])
    }

    @Test func `are refused when more differ than is allowed`() async throws {
        let one = try remote.commit("x", ["a": "1", "b": "1", "c": "1"])
        await expectGitError(.tooLarge) { try await changes(nil, one, max: 2) }
        #expect(try await changes(nil, one, max: 3).count == 3)
    }

    @Test func `fail loudly when one is missing`() async throws {
        let one = try remote.commit("x", ["a": "1"])
        let nowhere = try #require(TreeID(hex: String(repeating: "7", count: 40)))
        await expectGitError(.missingObject) {
            try await Reader(path: remote.path).read { try $0.changes(from: nowhere, to: $0.commit(one).tree) }
        }
    }

    @Test(arguments: 0..<8)
    func `differ where git says that they differ`(seed: UInt64) async throws {
        var random = SplitMix(state: seed)
        var last = try remote.commit("start", RandomTree.edits(count: 120, &random))
        for _ in 0..<4 {
            let next = try remote.commit("next", RandomTree.edits(count: 25, &random))
            let ours = try await changes(last, next).map { change in
                let letter = ["added": "A", "deleted": "D", "modified": "M", "typeChanged": "T"][change.kind.rawValue]
                return "\(letter ?? "?")\t\(change.path)"
            }
            let theirs = try Program.git(
                "diff-tree", "-r", "--no-renames", "--name-status", last.hex, next.hex, in: remote.path)
            #expect(ours == theirs.split(separator: "\n").map(String.init))
            last = next
        }
    }
}
