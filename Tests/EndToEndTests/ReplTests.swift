import Foundation
import Testing

/// `ocuroot repl` as people use it, at a terminal and in a pipe.
@Suite struct ReplTests {
    private let directory = NSTemporaryDirectory() + "ocuroot-repl-" + UUID().uuidString

    /// A checkout with one package.
    private func checkout() throws -> String {
        let files = [
            "repo.ocu.star": "load(\"github.com/ocuroot/sdk/v0/repo.star\", \"repo\")\nrepo(\"shop\")\n",
            "lib.star": "def double(n):\n    return 2 * n\n",
            "app/package.ocu.star": """
            load("github.com/ocuroot/sdk/v0/package.star", "package")
            load("github.com/ocuroot/sdk/v0/policy.star", "ready", "later")
            load("github.com/ocuroot/sdk/v0/machine.star", "host")
            load("//lib.star", "double")
            limit = 3
            def policy(ctx):
                return ready() if ctx.build.sequence > limit else later("too early")
            package("app", policy = policy)
            """,
        ]
        for (name, text) in files {
            let path = directory + "/" + name
            try FileManager.default.createDirectory(
                atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
            try text.write(toFile: path, atomically: true, encoding: .utf8)
        }
        return directory
    }

    private func pipe(_ input: String, _ arguments: String = "") async throws -> Command.End {
        try input.write(toFile: directory + "/input", atomically: true, encoding: .utf8)
        return try await Command(
            "/bin/sh", ["-c", "exec \"$0\" repl \(arguments) < input", Binary.path], workingDirectory: directory
        ).end()
    }

    private func terminal(_ arguments: String...) throws -> PseudoTerminal {
        try PseudoTerminal(
            Binary.path, ["repl"] + arguments, environment: ["HOME": directory], workingDirectory: directory)
    }

    @Test func `a package file brings its globals, what it loads, and the SDK`() async throws {
        _ = try checkout()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let end = try await pipe(
            """
            limit
            double(21)
            policy(struct(build = struct(sequence = 1)))
            host.shell("pwd && basename $PWD", mute = True).stdout.splitlines()[-1]
            load("./../lib.star", twice = "double")
            twice(4)
            """, "app/package.ocu.star")
        #expect(end.errors == "")
        #expect(end.output == "3\n42\nlater(msg = \"too early\")\n\"app\"\n8\n")
        #expect(end.status == 0)
    }

    @Test func `an error is shown as in a run, the rest goes on, and a pipe ends with 1`() async throws {
        _ = try checkout()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let end = try await pipe(
            "def f(x):\n  return 1 // x\n\nf(0)\nlimt\nload(\"//none.star\", \"x\")\npackage(\"b\")\n1 + 1\n",
            "app/package.ocu.star")
        #expect(end.output == "2\n")
        #expect(end.status == 1)
        #expect(end.errors.contains("<console>:2:12: in f\n    return 1 // x"), "\(end.errors)")
        #expect(end.errors.contains("undefined: limt (did you mean limit?)"), "\(end.errors)")
        #expect(end.errors.contains("there is no file none.star"), "\(end.errors)")
        #expect(end.errors.contains("not allowed at the console"), "\(end.errors)")
    }

    @Test func `a broken file is an error in a pipe, and a missing one is a usage error`() async throws {
        _ = try checkout()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try "x = = 1\n".write(toFile: directory + "/bad.star", atomically: true, encoding: .utf8)
        let bad = try await pipe("1\n", "bad.star")
        #expect(bad.status == 1 && bad.output == "" && bad.errors.contains("bad.star:1:5"), "\(bad.errors)")
        let missing = try await pipe("1\n", "nowhere.star")
        #expect(missing.status == 2 && missing.errors.contains("there is no file nowhere.star"), "\(missing.errors)")
    }

    @Test func `at a terminal lines are edited, completed, remembered, and typed over several lines`() async throws {
        _ = try checkout()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let first = try terminal("app/package.ocu.star")
        try first.expect(">>> ")
        // Mended in the middle, with the cursor keys.
        try first.enter("lim + 41\u{1}\u{1B}[C\u{1B}[C\u{1B}[Cit\r", expecting: "44\r\n")
        try first.enter("dou\t(5)\r", expecting: "10\r\n")
        try first.enter("host.ar\t()\r", expecting: "\"amd64\"")
        first.type("for i in range(2):\r")
        try first.expect("... ")
        try first.enter("  print('row', i)\r\r", expecting: "row 0\r\nrow 1\r\n")
        try first.enter("\u{1B}[A\u{1B}[A\u{1B}[A\u{1B}[A\r", expecting: "10\r\n")
        try first.enter("unfinished(\u{03}", expecting: "^C")
        try first.enter("7 * 6\r", expecting: "42\r\n")
        first.type("\u{04}")
        #expect(try await first.end() == 0)

        let second = try terminal()
        try second.expect(">>> ")
        try second.enter("\u{1B}[A\r", expecting: "42\r\n")
        second.type("\u{04}")
        #expect(try await second.end() == 0)
        let path = directory + "/.local/state/ocuroot/repl-history"
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test func `Ctrl-C stops what runs, also a command, and the console goes on`() async throws {
        _ = try checkout()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let console = try terminal("app/package.ocu.star")
        try console.expect(">>> ")
        console.type("print('on'); [0 for a in range(1 << 40) if a < 0]\r")
        try console.expect("lon\r\n")
        kill(console.pid, SIGINT)
        try console.expect("interrupted")
        try console.expect(">>> ")
        console.type("host.shell('echo begun; sleep 600')\r")
        try console.expect("lbegun\r\n")
        kill(console.pid, SIGINT)
        try console.expect(">>> ")
        try console.enter("6 * 7\r", expecting: "42\r\n")
        console.type("\u{04}")
        #expect(try await console.end() == 0)
    }
}
