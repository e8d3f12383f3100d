import Config
import Model
import Testing

@Suite struct AllowedInTests {
    private static let everything = """
        load("github.com/ocuroot/sdk/v0/package.star", "package")
        load("github.com/ocuroot/sdk/v0/policy.star", "ready", "later", "skip", "static", "dependency")
        load("github.com/ocuroot/sdk/v0/machine.star", "host")
        load("github.com/ocuroot/sdk/v0/env.star", "env")
        load("github.com/ocuroot/sdk/v0/http.star", "http")
        load("github.com/ocuroot/sdk/v0/encoding.star", "json", "yaml")
        load("github.com/ocuroot/sdk/v0/source.star", "source")
        load("github.com/ocuroot/sdk/v0/schedule.star", "schedule")
        load("github.com/ocuroot/sdk/v0/secrets.star", "secret")
        load("github.com/ocuroot/sdk/v0/sleep.star", "sleep")
        load("github.com/ocuroot/sdk/v0/repo.star", "repo")
        load("github.com/ocuroot/sdk/v0/environments.star", "environment")

        """

    private static let effects = [
        "host.shell('true')", "host.os()", "host.arch()", "host.env_var('X')", "http.get('http://x')",
        "http.post('http://x')", "source.read('x')", "source.write('x', '')", "source.pwd()",
        "source.path_to_root()", "sleep('1s')", "secret('x')", "schedule.after('1h', 'x')",
    ]
    private static let answers = [
        "ready()", "later()", "skip()", "static(1)", "dependency('x')", "after('1h')", "env.get('X')",
    ]

    @Test(arguments: effects + answers)
    func `the top level cannot call what touches the host or answers a policy`(call: String) async throws {
        let error = try await Fixtures.error(in: Self.everything + "\(call)\npackage('app')")
        #expect(error.cause.contains("not allowed at the top level of package.ocu.star"), "\(error)")
        #expect(error.cause.contains("is allowed in"), "\(error)")
        #expect(error.location?.hasPrefix("package.ocu.star:13:") == true, "\(error)")
    }

    @Test func `the error names the module and where the call is allowed`() async throws {
        let error = try await Fixtures.error(in: Self.everything + "host.shell('true')\npackage('app')")
        #expect(
            error.cause.contains(
                "host.shell: not allowed at the top level of package.ocu.star, which only declares: host.shell of "
                    + "machine.star is allowed in build, deploy, destroy and task functions"), "\(error)")
    }

    @Test func `a loaded file cannot declare a package by itself`() async throws {
        let tree = MemoryTree([
            "package.ocu.star": "load('//a.star', 'x')\nx", "a.star": Self.everything + "package('app')\nx = 1",
        ])
        guard case .failure(let error) = try await ConfigEvaluator().packageFile(in: "", of: tree).outcome else {
            throw Fixtures.Unexpected(what: "evaluated")
        }
        #expect(error.cause.contains("not allowed at the top level of a loaded file"), "\(error)")
    }

    @Test(arguments: effects)
    func `a policy cannot touch the host`(call: String) async throws {
        let package = try await Fixtures.evaluate(
            Self.everything + "def policy(ctx):\n    \(call)\n\npackage('app', policy = policy)")
        guard case .failed(let error) = package.policy(try Fixtures.facts()).answer else {
            throw Fixtures.Unexpected(what: "the policy answered")
        }
        #expect(error.contains("not allowed in a policy function"), "\(error)")
        #expect(error.contains("package.ocu.star:14:"), "\(error)")
    }

    @Test(arguments: ["ready()", "later()", "package('x')", "repo('x')", "environment('x')"])
    func `a build can neither answer a policy nor declare`(call: String) async throws {
        let text = Self.everything + "def build(ctx):\n    \(call)\n\npackage('app', build = build)"
        let error = try await Fixtures.failure { _ = try await Fixtures.runBuild(text) }
        #expect(error.code == .failed)
        #expect(error.cause.contains("not allowed in a build function"), "\(error)")
    }

    @Test(arguments: ["secret('x')", "schedule.after('1h', 'x')"])
    func `what is not available yet says so by its name`(call: String) async throws {
        let text = Self.everything + "def deploy(ctx):\n    \(call)\n\npackage('app', deploy = deploy)"
        let error = try await Fixtures.failure { _ = try await Fixtures.runDeploy(text) }
        #expect(error.cause.contains("\(call.prefix { $0 != "(" }) is not available yet"), "\(error)")
    }

    @Test func `encoding is allowed everywhere`() async throws {
        let package = try await Fixtures.evaluate(
            Self.everything + """
                top = yaml.decode("a: [1, 2]")
                text = json.encode(top)

                def policy(ctx):
                    return later(text + yaml.encode(json.decode('{"b": 1}')))

                package('app', policy = policy)
                """)
        #expect(package.policy(try Fixtures.facts()).answer == .later(message: "{\"a\":[1,2]}b: 1\n"))
    }
}
