import Config
import Foundation
import Model
import Testing

/// What v0.1-alpha has that v0 has not.
@Suite struct AlphaTests {
    private static let loads = """
        load("github.com/ocuroot/sdk/v0.1-alpha/package.star",
            "package", "ready", "later", "skip", "static", "dependency")
        load("github.com/ocuroot/sdk/v0.1-alpha/secrets.star", "secret", "load_secret")
        load("github.com/ocuroot/sdk/v0.1-alpha/forms.star", "form", "markdown", "text_field", "submit", "get_form")

        """

    @Test func `the answers of a policy live in package_star`() async throws {
        let package = try await Fixtures.evaluate(
            Self.loads
                + "def policy(ctx):\n    return ready(inputs = {'a': static(1)})\n\npackage('app', policy = policy)")
        #expect(package.readsDeployments)
        #expect(
            package.policy(try Fixtures.facts()).answer
                == .ready(inputs: ["a": .value(.int(1))], validAfterSeconds: 0))
    }

    @Test func `a policy sees what is deployed elsewhere, and what it asked for is reported`() async throws {
        let package = try await Fixtures.evaluate(
            Self.loads + """
                def policy(ctx):
                    seen = []
                    for e in ctx.deployed_environments:
                        state = e.package_state(outputs = ["url", "missing"])
                        seen.append("%s %s %s" % (e.name, e.attributes.get("type"), state and
                            (state.build.sequence, state.build.alias, state.outputs)))
                        seen.append(str(e.package_state(name = "db", repo_id = "infra")))
                    return later("; ".join(seen))

                package('app', policy = policy)
                """)
        let staging = DeployedEnvironment(
            name: "staging", attributes: ["type": .string("test")],
            packages: [
                DeployedPackage(
                    repo: "shop", package: "app", build: try Fixtures.build(alias: "v1"),
                    outputs: ["url": .string("u"), "secret": .int(1)])
            ])
        let empty = DeployedEnvironment(name: "production", attributes: [:], packages: [])
        let outcome = package.policy(try Fixtures.facts(deployed: [staging, empty]))
        #expect(
            outcome.answer
                == .later(
                    message: "staging test (7, \"v1\", {\"missing\": None, \"url\": \"u\"}); None; "
                        + "production None None; None"))
        #expect(
            outcome.reads == [
                PackageReference(repo: "shop", package: "app"), PackageReference(repo: "infra", package: "db"),
            ])
    }

    @Test func `a policy of v0 sees no deployments`() async throws {
        let package = try await Fixtures.evaluate(
            Fixtures.policy(
                "def policy(ctx):\n    return later(str(hasattr(ctx, 'deployed_environments')))\n\n"
                    + "package('app', policy = policy)"))
        #expect(!package.readsDeployments)
        #expect(package.policy(try Fixtures.facts()).answer == .later(message: "False"))
    }

    @Test func `a build fills its outputs`() async throws {
        let result = try await Fixtures.runBuild(
            Self.loads + "def build(ctx):\n    ctx.build.outputs['image'] = 'web:1'\n\npackage('app', build = build)")
        #expect(result.outputs == ["image": .string("web:1")])
    }

    @Test(arguments: ["form(lambda ctx: None)", "markdown('x')", "text_field('a', 'b')", "submit('x')"])
    func `forms are not available yet`(call: String) async throws {
        let error = try await Fixtures.error(in: Self.loads + "x = \(call)\npackage('app')")
        #expect(error.cause.contains("is not available yet in this version of Ocuroot"), "\(error)")
    }

    @Test(arguments: ["secret('x')", "load_secret('x')"])
    func `secrets are not available yet`(call: String) async throws {
        let text = Self.loads + "def build(ctx):\n    \(call)\n\npackage('app', build = build)"
        let error = try await Fixtures.failure { _ = try await Fixtures.runBuild(text) }
        #expect(error.cause.contains("is not available yet"), "\(error)")
    }
}
