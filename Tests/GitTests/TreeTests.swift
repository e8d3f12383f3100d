import Git
import Model
import TestSupport
import Testing

@Suite struct `A tree` {
    let remote: RepositoryBuilder

    init() throws {
        remote = try RepositoryBuilder()
    }

    private func read<Value: Sendable>(
        _ commit: CommitID, _ body: @escaping @Sendable (Objects, TreeID) throws -> Value
    ) async throws -> Value {
        try await Reader(path: remote.path).read { try body($0, $0.commit(commit).tree) }
    }

    @Test func `tells what is at a path`() async throws {
        let commit = try remote.commit(
            "x", ["d/run.sh": .executable("echo"), "d/link": .symlink(to: "/etc/passwd"), "plain": "text"])
        try await read(commit) { (objects, tree) throws -> Void in
            #expect(try objects.entry(at: "d/run.sh", in: tree)?.kind == .executable)
            #expect(try objects.entry(at: "d/link", in: tree)?.kind == .symlink)
            #expect(try objects.entry(at: "plain", in: tree)?.kind == .file)
            #expect(try objects.entry(at: "d", in: tree)?.kind == .directory)
            #expect(try objects.entry(at: "", in: tree)?.id == tree.object)
            #expect(try objects.entry(at: "plain/below", in: tree) == nil)
            #expect(try objects.entry(at: "pla", in: tree) == nil)
            #expect(try objects.entries(of: tree).map(\.name) == ["d", "plain"])
        }
    }

    @Test(arguments: ["../x", "a/../b", "/etc/passwd", "a//b", "./a", "a/", "..", "a\0b"])
    func `refuses a path that leads out of it`(path: String) async throws {
        let commit = try remote.commit("x", ["a": "1"])
        await expectGitError(.invalidName) { try await read(commit) { try $0.file(at: path, in: $1) } }
    }

    @Test func `never follows a symlink`() async throws {
        let commit = try remote.commit("x", ["link": .symlink(to: "a"), "dir": .symlink(to: "/etc"), "a": "1"])
        let error = await expectGitError(.wrongKind) { try await read(commit) { try $0.file(at: "link", in: $1) } }
        #expect(error?.cause.contains("symlink to 'a'") == true)
        await expectGitError(.missingPath) { try await read(commit) { try $0.file(at: "dir/passwd", in: $1) } }
    }

    @Test func `says what cannot be read as a file`() async throws {
        let commit = try remote.commit("x", ["d/a": "1"])
        await expectGitError(.wrongKind) { try await read(commit) { try $0.file(at: "d", in: $1) } }
        await expectGitError(.missingPath) { try await read(commit) { try $0.file(at: "nothing", in: $1) } }
        let nowhere = try #require(TreeID(hex: String(repeating: "7", count: 40)))
        await expectGitError(.missingObject) { try await read(commit) { o, _ in try o.entry(at: "a", in: nowhere) } }
    }

    @Test func `bounds the size of a file that is read`() async throws {
        let commit = try remote.commit("x", ["big": .text(String(repeating: "x", count: 1000))])
        await expectGitError(.tooLarge) {
            try await read(commit) { try $0.file(at: "big", in: $1, bytesMax: 999) }
        }
        #expect(try await read(commit) { try $0.file(at: "big", in: $1, bytesMax: 1000).count } == 1000)
    }

    @Test func `lists the files of a name at any depth`() async throws {
        let first = try remote.commit(
            "x",
            [
                "package.ocu.star": "root", "a/package.ocu.star": "a", "a/b/c/package.ocu.star": "abc",
                "a/other": "x", "package.ocu.star.bak": "no", "z/package.ocu.star/x": "a directory",
                "l/package.ocu.star": .symlink(to: "../a/package.ocu.star"),
            ])
        let second = try remote.commit("y", ["a/b/c/package.ocu.star": .deleted, "n/package.ocu.star": "new"])
        let reader = Reader(path: remote.path)
        let name = "package.ocu.star"
        let one = try await reader.read { try $0.files(named: name, in: $0.commit(first).tree) }
        #expect(one.map(\.path) == ["a/b/c/\(name)", "a/\(name)", "l/\(name)", name])
        #expect(one.map(\.kind) == [.file, .file, .symlink, .file])
        let two = try await reader.read { try $0.files(named: name, in: $0.commit(second).tree) }
        #expect(two.map(\.path) == ["a/\(name)", "l/\(name)", "n/\(name)", name])
        #expect(try await reader.read { try $0.blob(two[2].blob) } == Array("new".utf8))
        await expectGitError(.tooLarge) {
            try await reader.read { try $0.files(named: name, in: $0.commit(second).tree, filesMax: 3) }
        }
    }

    @Test func `of thousands of files is read whole and compared by what differs`() async throws {
        var files: [String: FixtureFile] = [:]
        for number in 0..<3000 {
            files["wide/f\(number)"] = "x"
            files["p\(number % 100)/d\(number % 7)/\(number)/package.ocu.star"] = .text("\(number)")
        }
        let first = try remote.commit("x", files)
        let second = try remote.commit("y", ["wide/f2999": "y", "p1/d1/1/package.ocu.star": .deleted])
        let reader = Reader(path: remote.path)
        let name = "package.ocu.star"
        #expect(try await reader.read { try $0.files(named: name, in: $0.commit(first).tree).count } == 3000)
        #expect(try await reader.read { try $0.files(named: name, in: $0.commit(second).tree).count } == 2999)
        let changes = try await reader.read {
            try $0.changes(from: $0.commit(first).tree, to: $0.commit(second).tree).map(\.path)
        }
        #expect(changes == ["p1/d1/1/package.ocu.star", "wide/f2999"])
    }

    @Test(arguments: ["..", ".", "a/b"])
    func `with a name that leads out of it is refused`(name: String) async throws {
        let commit = try remote.commitRaw("evil", [(mode: "100644", name: name, content: "x")])
        await expectGitError(.unsafePath) { try await read(commit) { try $0.entries(of: $1) } }
        await expectGitError(.unsafePath) { try await read(commit) { try $0.changes(from: nil, to: $1) } }
    }
}
