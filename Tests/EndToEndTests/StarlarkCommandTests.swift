import Foundation
import Testing

/// `ocuroot starlark` as people use it: no server anywhere.
@Suite struct StarlarkCommandTests {
    /// Writes files into a directory of their own and runs a shell command there, `ocuroot` being the binary.
    private func run(_ command: String, files: [String: String] = [:]) async throws -> Command.End {
        let directory = NSTemporaryDirectory() + "ocuroot-starlark-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try FileManager.default.createDirectory(atPath: directory + "/lib", withIntermediateDirectories: true)
        for (name, text) in files { try text.write(toFile: "\(directory)/\(name)", atomically: true, encoding: .utf8) }
        let script = "ocuroot() { \"$0\" \"$@\"; }; \(command)"
        return try await Command(
            "/bin/sh", ["-c", script, Binary.path], workingDirectory: directory
        ).end()
    }

    @Test func `a file is run, and files are loaded beside the one that loads`() async throws {
        let end = try await run(
            "ocuroot starlark main.star",
            files: [
                "main.star": "load(\"lib/a.star\", \"a\")\nprint(a, json.encode([1]), struct(b = 2).b, math.pi > 3)\n",
                "lib/a.star": "load(\"b.star\", \"b\")\nload(\"../c.star\", \"c\")\na = b + c\n",
                "lib/b.star": "b = \"b\"\n", "c.star": "c = \"c\"\n",
            ])
        #expect(end.output == "bc [1] 2 True\n")
        #expect(end.errors == "")
        #expect(end.status == 0)
    }

    @Test func `standard input is a file, and options and limits reach it`() async throws {
        let loop = "echo 'while True: pass'"
        let refused = try await run("\(loop) | ocuroot starlark -")
        #expect(refused.status == 1)
        #expect(refused.errors.contains("<stdin>:1:1: "))
        let steps = try await run("\(loop) | ocuroot starlark --option toplevel,while --steps 1000 -")
        #expect(steps.status == 1)
        #expect(steps.errors.contains("too many steps: the limit is 1000"))
        let memory = try await run("echo 'x = [0] * 100000' | ocuroot starlark --memory 64K -")
        #expect(memory.status == 1 && memory.errors.contains("memory"), "\(memory.errors)")
        let time = try await run("\(loop) | ocuroot starlark --option toplevel --option while --timeout 50ms -")
        #expect(time.status == 1 && time.errors.contains("the limit is 0.05 seconds"), "\(time.errors)")
    }

    @Test func `what was printed before an error is kept, and the error shows every call`() async throws {
        let end = try await run(
            "ocuroot starlark main.star 2>&1",
            files: ["main.star": "def f(x):\n    return 1 // x\n\nprint(\"before\")\nf(0)\n"])
        #expect(
            end.output == """
                before
                Traceback (most recent call last):
                  main.star:5:2: in <toplevel>
                    f(0)
                  main.star:2:14: in f
                    return 1 // x
                Error: floored division by zero

                """)
        #expect(end.status == 1)
    }

    @Test func `a load cycle is named file by file`() async throws {
        let end = try await run(
            "ocuroot starlark a.star",
            files: ["a.star": "load(\"lib/b.star\", \"x\")\n", "lib/b.star": "load(\"../a.star\", \"x\")\n"])
        #expect(end.status == 1)
        #expect(end.errors.contains("load cycle: a.star → lib/b.star → a.star"))
    }

    @Test func `--parse finds every static error and runs nothing`() async throws {
        let good = try await run("echo 'print(1)' | ocuroot starlark --parse -")
        #expect(good.status == 0 && good.output == "" && good.errors == "")
        let bad = try await run("ocuroot starlark --parse bad.star", files: ["bad.star": "a = lenn\nb = prnt(1)\n"])
        #expect(bad.status == 1)
        #expect(bad.errors.contains("bad.star:1:5: ") && bad.errors.contains("bad.star:2:5: "))
        #expect(bad.errors.contains("\n  b = prnt(1)\n      ^\n"), "\(bad.errors)")
    }

    @Test func `a file that is not there, and an option that is not, are said to be so`() async throws {
        let absent = try await run("ocuroot starlark nowhere.star")
        #expect(absent.status == 1)
        #expect(absent.errors.contains("cannot read nowhere.star: No such file or directory"))
        let option = try await run("ocuroot starlark --option whle x.star")
        #expect(option.status == 2)
        #expect(option.errors.contains("there is no option 'whle'; there are while, "))
        let sdk = try await run(
            "ocuroot starlark a.star", files: ["a.star": "load('github.com/ocuroot/sdk/v0/package.star', 'package')\n"])
        #expect(sdk.errors.contains("this loads Ocuroot's SDK: use 'ocuroot repl FILE'"), "\(sdk.errors)")
        let load = try await run("ocuroot starlark a.star", files: ["a.star": "load(\"b.star\", \"b\")\n"])
        #expect(load.status == 1)
        #expect(load.errors.contains("a.star:1:1") && load.errors.contains("cannot read b.star"), "\(load.errors)")
    }
}
