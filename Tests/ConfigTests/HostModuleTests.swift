import Config
import Model
import Testing

@Suite struct HostModuleTests {
    private static let loads = """
        load("github.com/ocuroot/sdk/v0/package.star", "package")
        load("github.com/ocuroot/sdk/v0/machine.star", "host")
        load("github.com/ocuroot/sdk/v0/env.star", "env")
        load("github.com/ocuroot/sdk/v0/http.star", "http")
        load("github.com/ocuroot/sdk/v0/source.star", "source")
        load("github.com/ocuroot/sdk/v0/sleep.star", "sleep")

        """

    /// Runs a build in the directory `a/b` and returns what it did to the host.
    private func build(_ body: String, host: RecordingHost = RecordingHost()) async throws -> RecordingHost.Record {
        let lines = body.split(separator: "\n", omittingEmptySubsequences: false).map { "    \($0)" }
        let text = Self.loads + "def build(ctx):\n\(lines.joined(separator: "\n"))\n\npackage('app', build = build)"
        let file = try await ConfigEvaluator().packageFile(
            in: "a/b", of: MemoryTree(["a/b/package.ocu.star": text]))
        let package = try #require(try file.outcome.get().first)
        _ = try package.run(
            FunctionCall(kind: .build, build: try Fixtures.build(), commit: try Fixtures.commit(), deployment: nil),
            host: host)
        return host.contents
    }

    @Test func `a command reaches the host with all its options, and its outcome comes back`() async throws {
        let record = try await build(
            """
            r = host.shell("make", shell = "bash", env = {"A": "1"}, mute = True, continue_on_error = True)
            print(r.stdout, r.stderr, r.combined_output, r.exit_code)
            host.shell("true")
            """, host: RecordingHost(output: "out", exitCode: 3))
        #expect(
            record.commands == [
                ShellCommand("make", shell: "bash", environment: ["A": "1"], isMuted: true, continuesOnError: true),
                ShellCommand("true"),
            ])
        #expect(record.printed == ["out  out 3"])
    }

    @Test func `what the host refuses is an error at the call, with a backtrace`() async throws {
        let error = try await Fixtures.failure {
            _ = try await build(
                "def inner():\n    host.shell('make')\n\ninner()", host: RecordingHost(refusal: "`make` exited with 2"))
        }
        #expect(error.cause.contains("`make` exited with 2"), "\(error)")
        #expect(error.location?.hasPrefix("a/b/package.ocu.star:9:") == true, "\(error)")
        #expect(error.backtrace.contains { $0.contains("in inner\n") }, "\(error)")
    }

    @Test(arguments: [
        ("host.shell(3)", "got int, want string"), ("host.shell('x', env = {'A': 1})", "env[\"A\"] must be a string"),
        ("host.shell('x', env = {'A=B': ''})", "cannot name an environment variable"),
        ("host.shell('x', envs = {})", "did you mean"), ("sleep('soon')", "not a duration"),
        ("sleep(3)", "want string"),
        ("http.get('http://x', headers = {'A': 1})", "headers[\"A\"] must be a string"),
        ("http.post('http://x', data = {})", "data must be a string or None"),
    ])
    func `a wrong argument never reaches the host`(body: String, expected: String) async throws {
        let host = RecordingHost()
        let error = try await Fixtures.failure { _ = try await build(body, host: host) }
        #expect(error.cause.contains(expected), "\(error)")
        #expect(host.contents.commands.isEmpty && host.contents.requests.isEmpty)
    }

    @Test func `the machine is described by Go's names`() async throws {
        let host = RecordingHost(variables: ["HOME": "/root"])
        let record = try await build(
            "print(host.os(), host.arch(), host.env_var('HOME'), env.get('HOME'), env.get('NO', 'x'))", host: host)
        #expect(record.printed == ["linux arm64 /root /root x"])
    }

    @Test func `requests carry headers and data, and answers come back as text`() async throws {
        let record = try await build(
            """
            r = http.post("http://x/y", data = "hello", headers = {"A": "b", "C": "d"})
            print(r.status_code, r.headers["content-type"], r.body)
            http.get("http://x")
            """)
        #expect(
            record.requests == [
                WebRequest(
                    method: .post, url: "http://x/y", headers: [("A", "b"), ("C", "d")], body: Array("hello".utf8)),
                WebRequest(method: .get, url: "http://x"),
            ])
        #expect(record.printed == ["201 text/plain made"])
    }

    @Test func `files of the checkout are read and written, and the package knows where it is`() async throws {
        let record = try await build(
            """
            source.write("out.txt", source.read("in.txt") + "!")
            print(source.pwd(), source.path_to_root())
            """, host: RecordingHost(files: ["in.txt": "hello"]))
        #expect(record.files["out.txt"] == Array("hello!".utf8))
        #expect(record.printed == ["a/b ../.."])
    }

    @Test func `sleep waits for its duration`() async throws {
        #expect(try await build("sleep('1m30s')").slept == [.seconds(90)])
    }
}
