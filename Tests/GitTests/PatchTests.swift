import Git
import Model
import TestSupport
import Testing

@Suite struct `A patch` {
    let remote: RepositoryBuilder
    let base: CommitID

    init() throws {
        remote = try RepositoryBuilder()
        base = try remote.commit("x", ["a": "one\ntwo\n", "b": "1\n"])
    }

    private func apply(_ text: String, bytesMax: Int = 1 << 20) async throws -> [String] {
        let base = base
        return try await Reader(path: remote.path).read { objects in
            let tree = try objects.commit(base).tree
            let new = try objects.apply(patch: Array(text.utf8), to: tree, bytesMax: bytesMax)
            return try objects.changes(from: tree, to: new).map { "\($0.kind) \($0.path)" }
        }
    }

    static func edit(_ path: String, index: String = "") -> String {
        "diff --git a/\(path) b/\(path)\n\(index)--- a/\(path)\n+++ b/\(path)\n@@ -1,2 +1,2 @@\n one\n-two\n+2\n"
    }

    @Test func `of nothing changes nothing`() async throws {
        #expect(try await apply("").isEmpty)
    }

    @Test func `changes the tree`() async throws {
        #expect(try await apply(Self.edit("a")) == ["modified a"])
    }

    @Test(arguments: [
        "no patch at all",
        "diff --git a/a b/a\n--- a/a\n+++ b/a\n@@ -1,2 +1,2 @@\n one\n-something else\n+2\n",
        "diff --git a/nothing b/nothing\n--- a/nothing\n+++ b/nothing\n@@ -1 +1 @@\n-x\n+y\n",
        "diff --git a/a b/a\n--- a/a\n+++ b/a\n@@ -1,2 +1,2 @@\n one\n",
        edit(
            "a",
            index: "index 814f4a422927b82f5f8a43f8fab6d3839e3983f3..7777777777777777777777777777777777777777 100644\n"),
    ])
    func `that does not fit is refused`(text: String) async {
        let error = await expectGitError(.patchRejected) { try await apply(text) }
        #expect(error?.hint != nil)
    }

    @Test(arguments: ["../outside", ".git/config", "d/.git/config", ".ocuroot/state", "d/../../x", ".GIT/config"])
    func `never reaches outside of the repository`(path: String) async {
        let text =
            "diff --git a/\(path) b/\(path)\nnew file mode 100644\n--- /dev/null\n+++ b/\(path)\n@@ -0,0 +1 @@\n+x\n"
        await expectGitError(.patchRejected) { try await apply(text) }
    }

    @Test func `beyond the bound is refused unread`() async {
        await expectGitError(.tooLarge) { try await apply(Self.edit("a"), bytesMax: 20) }
    }

    @Test func `against a missing tree says so`() async throws {
        let nowhere = try #require(TreeID(hex: String(repeating: "7", count: 40)))
        await expectGitError(.missingObject) {
            try await Reader(path: remote.path).read { try $0.apply(patch: Array(Self.edit("a").utf8), to: nowhere) }
        }
    }
}
