import Config
import Model
import Testing

@Suite struct PolicyTests {
    private func answer(
        _ body: String, _ facts: PolicyFacts? = nil, limits: ConfigLimits = ConfigLimits()
    ) async throws -> PolicyAnswer {
        let lines = body.split(separator: "\n", omittingEmptySubsequences: false).map { "    \($0)" }
        let text = Fixtures.policy(
            "def policy(ctx):\n\(lines.joined(separator: "\n"))\n\npackage('app', policy = policy)")
        return try await Fixtures.evaluate(text, limits: limits).policy(try facts ?? Fixtures.facts()).answer
    }

    private func failure(_ body: String) async throws -> String {
        guard case .failed(let error) = try await answer(body) else { throw Fixtures.Unexpected(what: "it answered") }
        return error
    }

    @Test func `the three answers are read`() async throws {
        #expect(try await answer("return ready()") == .ready(inputs: [:], validAfterSeconds: 0))
        #expect(try await answer("return later('not on a Friday')") == .later(message: "not on a Friday"))
        #expect(try await answer("return later()") == .later(message: ""))
        #expect(try await answer("return skip()") == .skip)
    }

    @Test func `a package without a policy is ready`() async throws {
        let package = try await Fixtures.evaluate(Fixtures.package("package('app')"))
        #expect(package.policy(try Fixtures.facts()).answer == .ready(inputs: [:], validAfterSeconds: 0))
    }

    @Test func `inputs are static, plain, or an output of another package`() async throws {
        let answer = try await answer(
            """
            return ready(inputs = {
                "a": static({"n": [1, None]}),
                "b": 2,
                "c": dependency("db", output = "url"),
                "d": dependency(package = "net", repo_id = "infra", environment = "shared"),
            }, valid = after("1h30m"))
            """)
        #expect(
            answer
                == .ready(
                    inputs: [
                        "a": .value(.object(["n": .array([.int(1), .null])])), "b": .value(.int(2)),
                        "c": .output(OutputReference(repo: nil, package: "db", environment: nil, output: "url")),
                        "d": .output(
                            OutputReference(repo: "infra", package: "net", environment: "shared", output: nil)),
                    ], validAfterSeconds: 5400))
    }

    @Test func `the context shows the build and the environment`() async throws {
        let facts = try Fixtures.facts(
            attributes: ["image": .string("web:7")], annotations: ["staged": .bool(true)])
        let body = """
            b = ctx.build
            return later("%s %s %d %d %s %s %s %s" % (
                b.id, b.alias, b.sequence, b.created, b.attributes["image"], b.annotations.get("staged"),
                ctx.environment.name, ctx.environment.attributes["type"]))
            """
        #expect(try await answer(body, facts) == .later(message: "b42 v1.2 7 1700000000 web:7 True production prod"))
    }

    @Test(arguments: [
        "ctx.build.attributes['x'] = 1", "ctx.build.annotations.pop('x')", "ctx.environment.attributes.clear()",
        "ctx.build.id = 'x'", "ctx.build = None",
    ])
    func `the context is frozen`(statement: String) async throws {
        #expect(try await failure("\(statement)\nreturn ready()").contains("package.ocu.star:5:"))
    }

    @Test(arguments: [("pass", "returned None"), ("return True", "type bool"), ("return {}", "type dict")])
    func `any other answer is an error that says what is expected`(body: String, expected: String) async throws {
        let error = try await failure(body)
        #expect(error.contains(expected), "\(error)")
        #expect(error.contains("ready(…), later(…) or skip()"), "\(error)")
        #expect(error.contains("package.ocu.star"), "\(error)")
    }

    @Test(arguments: [
        ("return ready(inputs = [1])", "inputs must be a dict"), ("return ready(valid = '1h')", "valid must be after"),
        ("return ready(inputs = {'x': len})", "input 'x'"), ("return ready(valid = after('soon'))", "not a duration"),
        ("return ready(inputs = {1: 2})", "keys of inputs must be strings"),
        ("return ready(input = {})", "did you mean"), ("return dependency()", "package"),
        ("return ready(inputs = {'p': dependency('db', secret_name = 's')})", "secret_name is not available yet"),
        ("return ready(inputs = {'x': float('nan')})", "nan, which cannot be recorded"),
        ("return ready(inputs = {'x': 1 << 70})", "input 'x'"),
    ])
    func `a wrong argument is an error at its place`(body: String, expected: String) async throws {
        let error = try await failure(body)
        #expect(error.contains(expected), "\(error)")
        #expect(error.contains("package.ocu.star:5:"), "\(error)")
    }

    @Test func `a value that holds itself is refused`() async throws {
        #expect(try await failure("x = []\nx.append(x)\nreturn ready(inputs = {'x': x})").contains("input 'x'"))
    }

    @Test func `only the variables that the operator listed are seen`() async throws {
        let body = "return later(env.get('LISTED') + env.get('OTHER', '-') + str(env.get('PATH')))"
        let facts = try Fixtures.facts(variables: ["LISTED": "yes"])
        #expect(try await answer(body, facts) == .later(message: "yes-None"))
    }

    @Test(arguments: [
        "for _ in range(1 << 40):\n    pass\nreturn ready()",
        "return later(str(len([i for i in range(100000000)])))",
    ])
    func `a policy that loops for ever is stopped`(body: String) async throws {
        let clock = ContinuousClock()
        let start = clock.now
        let error = try await failure(body)
        #expect(error.contains("step"), "\(error)")
        #expect(clock.now - start < .seconds(20))
    }

    @Test(arguments: ["x = ['a']\nfor _ in range(64):\n    x += x\nreturn ready()", "return later('a' * (1 << 28))"])
    func `a policy that allocates without end is stopped`(body: String) async throws {
        #expect(try await failure(body).contains("limit"))
        var limits = ConfigLimits()
        limits.policy.memoryBytesMax = 1 << 20
        limits.policy.stepsMax = nil
        guard case .failed(let error) = try await answer(body, limits: limits) else {
            throw Fixtures.Unexpected(what: "it answered")
        }
        #expect(error.contains("out of memory: the limit is 1048576 bytes"), "\(error)")
    }

    @Test(arguments: [
        "text = 'a: [1, 2, 3]\\n' * 50000\nfor _ in range(100000):\n    yaml.encode(yaml.decode('x: |\\n ' + text[:900000]))",
        "text = '- [1, 2, 3]\\n' * 40000\nfor _ in range(100000):\n    yaml.decode(text)",
        "x = []\nfor _ in range(50000):\n    x = [x]\nfor _ in range(100000):\n    yaml.encode(x)",
    ])
    func `a policy that spends its time in a function of the SDK is stopped, too`(body: String) async throws {
        let start = ContinuousClock.now
        _ = try await failure("\(body)\nreturn ready()")
        #expect(ContinuousClock.now - start < .seconds(20))
    }

    @Test(arguments: [
        ("return ready(inputs = {'x': ['a' * 1000] * 2000})", "inputs would take"),
        ("x = 'a' * 10000000\nreturn ready(inputs = {'x': [x] * 1000})", "too many bytes of text"),
        ("x = [1]\nfor _ in range(60):\n    x = [x, x]\nreturn ready(inputs = {'x': x})", "too many values"),
    ])
    func `inputs that would take too much room are refused before they do`(body: String, expected: String) async throws
    {
        let error = try await failure(body)
        #expect(error.contains(expected), "\(error)")
    }

    @Test func `what a person reads has a bound`() async throws {
        guard case .later(let message) = try await answer("return later('a' * 1000000)") else {
            throw Fixtures.Unexpected(what: "another answer")
        }
        #expect(message.count == 4000)
        #expect(try await failure("fail('a' * 1000000)").count < 12000)
    }

    @Test func `one policy is asked from many threads at once`() async throws {
        let package = try await Fixtures.evaluate(
            Fixtures.policy(
                """
                names = {"a": 1}

                def policy(ctx):
                    return later(ctx.environment.name + str(len([x for x in range(1000)])) + str(names))

                package('app', policy = policy)
                """))
        await withTaskGroup(of: Bool.self) { group in
            for number in 0..<64 {
                group.addTask {
                    guard let facts = try? Fixtures.facts(environment: EnvironmentName("e\(number)")) else {
                        return false
                    }
                    return package.policy(facts).answer == .later(message: "e\(number)1000{\"a\": 1}")
                }
            }
            for await isRight in group { #expect(isRight) }
        }
    }
}
