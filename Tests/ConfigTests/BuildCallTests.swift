import Config
import Model
import Testing

@Suite struct BuildCallTests {
    private func build(_ body: String, host: RecordingHost = RecordingHost()) async throws -> FunctionResult {
        let lines = body.split(separator: "\n", omittingEmptySubsequences: false).map { "    \($0)" }
        return try await Fixtures.runBuild(
            Fixtures.package("def build(ctx):\n\(lines.joined(separator: "\n"))\n\npackage('app', build = build)"),
            host: host)
    }

    private func failure(_ body: String, host: RecordingHost = RecordingHost()) async throws -> ConfigError {
        try await Fixtures.failure { _ = try await build(body, host: host) }
    }

    @Test func `a build fills attributes, names itself, and returns more`() async throws {
        let result = try await build(
            """
            ctx.build.attributes["image"] = "web:%d" % ctx.build.sequence
            ctx.build.attributes["size"] = [1, 2.5, None, True, {"a": "b"}]
            ctx.build.set_alias("v1")
            return {"outputs": {"image": "web:final"}}
            """)
        #expect(result.alias == "v1")
        #expect(
            result.outputs == [
                "image": .string("web:final"),
                "size": .array([.int(1), .double(2.5), .null, .bool(true), .object(["a": .string("b")])]),
            ])
        #expect(result.annotations.isEmpty)
    }

    @Test func `the context shows the build and the commit`() async throws {
        let host = RecordingHost()
        _ = try await build(
            """
            c = ctx.commit
            print(ctx.build.id, ctx.build.sequence, ctx.build.created)
            print(c.message, c.ref, c.hash[:4], repr(c.patch_hash), repr(c.patch_description), c.clean)
            """, host: host)
        #expect(host.contents.printed[0] == "b42 7 1700000000")
        #expect(host.contents.printed[1] == "Say hello refs/heads/main abab \"\" \"\" True")
    }

    @Test func `a build on a dirty checkout sees its patch`() async throws {
        let host = RecordingHost()
        _ = try await Fixtures.runBuild(
            Fixtures.package(
                "def build(ctx):\n    c = ctx.commit\n    print(c.clean, c.patch_hash, c.patch_description)\n\n"
                    + "package('app', build = build)"),
            host: host, patch: ChangePatch(hash: "ff00", description: "2 files changed"))
        #expect(host.contents.printed == ["False ff00 2 files changed"])
    }

    @Test(arguments: [
        ("return 3", "returned a value of type int"), ("return {'output': {}}", "the key output"),
        ("return {'outputs': 1}", "outputs must be a dict"),
        ("ctx.build.attributes['f'] = len", "ctx.build.attributes"),
        ("ctx.build.attributes[1] = 2", "ctx.build.attributes"),
        ("ctx.build.attributes['big'] = 1 << 64", "ctx.build.attributes"),
        ("ctx.build.attributes['x'] = float('inf')", "ctx.build.attributes[\"x\"]"),
        ("x = {}\nx['x'] = x\nctx.build.attributes['x'] = x", "ctx.build.attributes"),
        ("ctx.build.attributes = {}", "attributes"), ("ctx.build.set_alias('')", "must not be empty"),
        ("fail('no luck')", "no luck"),
    ])
    func `what cannot be recorded is an error`(body: String, expected: String) async throws {
        let error = try await failure(body)
        #expect(error.code == .failed)
        #expect("\(error)".contains(expected), "\(error)")
        #expect("\(error)".contains("package.ocu.star"), "\(error)")
    }

    @Test func `a package without the function says so`() async throws {
        let error = try await Fixtures.failure {
            _ = try await Fixtures.runBuild(Fixtures.package("package('app')"))
        }
        #expect(error.code == .missing)
        #expect(error.cause == "the package has no build function")
    }

    @Test func `a cancellation stops a function that never ends`() async throws {
        let package = try await Fixtures.evaluate(
            Fixtures.package(
                "def build(ctx):\n    print('begun')\n    for _ in range(1 << 60):\n        pass\n\n"
                    + "package('app', build = build)"))
        let cancellation = CallCancellation()
        let host = RecordingHost()
        let call = FunctionCall(
            kind: .build, build: try Fixtures.build(), commit: try Fixtures.commit(), deployment: nil)
        async let canceler: Void = {
            while host.contents.printed.isEmpty { await Task.yield() }
            cancellation.cancel()
        }()
        let error = try await Fixtures.failure {
            _ = try package.run(call, host: host, cancellation: cancellation)
        }
        await canceler
        #expect(error.code == .canceled)
    }
}
