import Foundation
import Git
import Model
import TestSupport
import Testing

@Suite struct `A user's checkout` {
    let clone: RepositoryBuilder
    let base: CommitID
    var checkout: Checkout { Checkout(path: clone.path) }

    init() throws {
        clone = try RepositoryBuilder(isBare: false)
        base = try clone.commit(
            "base",
            [
                "text": "one\ntwo\nthree\n", "no-end": "no newline at the end", "bin": .bytes([0, 1, 2, 3]),
                "run.sh": "#!/bin/sh\n", "d/gone": "1\n", "link": .symlink(to: "text"), ".gitignore": "*.log\nout/\n",
                "type": "a file\n", "crlf": "a\r\nb\r\n", "empty": "",
                "with spaces": "x\n",
            ])
    }

    /// What git itself would commit if everything were added.
    private func treeByGit() throws -> String {
        let index = ["GIT_INDEX_FILE": clone.path + "/.git/other-index"]
        let exclude = URL(fileURLWithPath: clone.path + "/.git/info/exclude")
        try Data(".ocuroot/\n".utf8).write(to: exclude)
        // With its time, by which git knows which files it must not trust to be unchanged.
        try Program.run("/bin/cp", ["-p", ".git/index", ".git/other-index"], in: clone.path)
        try Program.run("/usr/bin/git", ["add", "-A"], in: clone.path, environment: index)
        return try Program.run("/usr/bin/git", ["write-tree"], in: clone.path, environment: index)
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Makes a patch and applies it in a mirror.
    private func roundTrip() async throws -> String {
        let patch = try #require(try await checkout.patch())
        #expect(patch.base == base)
        let local = try TemporaryMirror(of: clone.path)
        _ = try await local.mirror.fetch()
        return try await local.read { objects in
            let tree = try objects.apply(patch: patch.text, to: objects.commit(patch.base).tree)
            #expect(try objects.apply(patch: patch.text, to: objects.commit(patch.base).tree) == tree)
            return tree.hex
        }
    }

    @Test func `what a sparse checkout leaves out is not deleted`() async throws {
        try Program.git("sparse-checkout", "set", "--no-cone", "/text", "/d/", in: clone.path)
        #expect(!FileManager.default.fileExists(atPath: clone.path + "/run.sh"))
        #expect(try await checkout.patch() == nil)
        #expect(try await !checkout.facts().isDirty)
        try clone.write("text", "one\nzwei\nthree\n")
        try FileManager.default.removeItem(atPath: clone.path + "/d/gone")
        let patch = try #require(try await checkout.patch())
        #expect(patch.paths == ["d/gone", "text"] && patch.removedCount == 1)
        try Program.git("update-index", "--assume-unchanged", "d/gone", in: clone.path)
        #expect(try await checkout.patch()?.paths == ["text"])
        try Program.git("rm", "--cached", "--sparse", "-q", "run.sh", in: clone.path)
        #expect(try await checkout.patch()?.paths == ["run.sh", "text"])
    }

    @Test func `tells what is checked out`() async throws {
        try Program.git("remote", "add", "origin", "https://example.com/x.git", in: clone.path)
        try Program.git("remote", "add", "fork", "git@example.com:me/x.git", in: clone.path)
        try clone.write("d/e/placeholder.log", "ignored")
        let facts = try await Checkout(path: clone.path + "/d").facts()
        #expect(URL(fileURLWithPath: facts.root).resolvingSymlinksInPath().path.hasSuffix(clone.path))
        #expect(facts.head == base)
        #expect(facts.branch == "refs/heads/main")
        #expect(facts.remotes == ["origin": "https://example.com/x.git", "fork": "git@example.com:me/x.git"])
        #expect(facts.preferredRemote == "origin")
        #expect(!facts.isDirty)
    }

    @Test func `prefers the remote that its branch follows`() async throws {
        try Program.git("remote", "add", "origin", "https://example.com/x.git", in: clone.path)
        try Program.git("remote", "add", "fork", "git@example.com:me/x.git", in: clone.path)
        try Program.git("config", "branch.main.remote", "fork", in: clone.path)
        try Program.git("config", "branch.main.merge", "refs/heads/main", in: clone.path)
        #expect(try await checkout.facts().preferredRemote == "fork")
    }

    @Test func `without a branch has none`() async throws {
        try Program.git("checkout", "-q", "--detach", in: clone.path)
        let facts = try await checkout.facts()
        #expect(facts.branch == nil)
        #expect(facts.head == base)
    }

    @Test func `without a commit says so`() async throws {
        let empty = try RepositoryBuilder(isBare: false)
        let error = await expectGitError(.emptyRepository) { try await Checkout(path: empty.path).facts() }
        #expect(error?.hint != nil)
    }

    @Test func `that is none says so`() async throws {
        let directory = try TemporaryDirectory()
        await expectGitError(.repositoryNotFound) { try await Checkout(path: directory.path).facts() }
        let bare = try RepositoryBuilder()
        try bare.commit("x", ["a": "1"])
        await expectGitError(.wrongKind) { try await Checkout(path: bare.path).facts() }
    }

    @Test func `is clean with nothing but ignored files and .ocuroot`() async throws {
        try clone.write("x.log", "ignored")
        try clone.write("out/x", "ignored")
        try clone.write(".ocuroot/state", "own")
        #expect(try await !checkout.facts().isDirty)
        #expect(try await checkout.patch() == nil)
    }

    @Test(arguments: ["text", "new", "d/new"])
    func `is dirty when a file differs`(path: String) async throws {
        try clone.write(path, "changed")
        #expect(try await checkout.facts().isDirty)
    }

    @Test func `is dirty when something is only staged`() async throws {
        try clone.write("staged", "1")
        try Program.git("add", "staged", in: clone.path)
        #expect(try await checkout.facts().isDirty)
        #expect(try await checkout.patch()?.paths == ["staged"])
        #expect(try await checkout.patch()?.summary == "1 added")
    }

    /// What a person may do to the checkout, as a shell script.
    static let edits = [
        "printf 'one\\n2\\nthree\\n' > text",
        "printf 'still no newline' > no-end",
        "printf 'now with one\\n' > no-end",
        "printf '\\000\\011\\010\\377' > bin",
        "head -c 5000 /bin/sh > new.bin",
        "chmod +x text",
        "chmod +x text; echo more >> text",
        "rm -r d bin",
        "ln -sf no-end link",
        "ln -s no-end new-link",
        "rm type; ln -s text type",
        "rm link; echo 'now a file' > link",
        "printf 'a\\r\\nB\\r\\n' > crlf",
        "echo x > 'new file with spaces'",
        "echo y >> 'with spaces'",
        "rm 'with spaces'",
        "mkdir -p 'ünï'; echo x > 'ünï/côde'",
        "printf x > 'quote\"d\ttab'",
        ": > new-empty",
        "echo 'no longer' > empty",
        "rm empty",
        ": > text",
        "chmod +x empty",
        "mkdir -p deep/new/dir; echo x > deep/new/dir/file",
        "rm type; mkdir type; echo x > type/now",
        "rm -r d; echo x > d",
        "git mv text moved",
        "git add -f x.log; echo staged > text; git add text; echo more >> text; git rm -qf no-end",
    ]

    @Test(arguments: edits)
    func `gives its changes as a patch that makes the same tree elsewhere`(edit: String) async throws {
        try clone.write("x.log", "ignored\n")
        try clone.write(".ocuroot/state", "x")
        try Program.run("/bin/sh", ["-ec", edit], in: clone.path)
        #expect(try await roundTrip() == treeByGit())
    }

    @Test func `gives no patch beyond the bound`() async throws {
        try clone.write("big", String(repeating: "line\n", count: 10_000))
        let error = await expectGitError(.tooLarge) { try await checkout.patch(bytesMax: 10_000) }
        #expect(error?.hint != nil)
        await expectGitError(.tooLarge) { try await checkout.patch(bytesMax: 50_010) }
    }
}
