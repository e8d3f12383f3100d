import Starlark
import Testing

@Suite struct HostFunctionTests {
    private func run(_ text: String, _ functions: HostFunction...) throws -> FrozenModule {
        let predeclared = try FrozenModule(
            name: "host", values: Dictionary(uniqueKeysWithValues: functions.map { ($0.name, .function($0)) }))
        return try Script.run(text, predeclared: predeclared)
    }

    private static let shell = HostFunction(
        "shell", parameters: [.required("command"), .optional("env"), .keyword("mute")]
    ) { call in
        let command = try call.string("command")
        let mute = try call.bool("mute", default: false)
        guard case .dict(let env) = try call.data("env", default: .dict([:])) else { return .none }
        return .structure([("line", .string(command)), ("mute", .bool(mute)), ("env", .int(env.count))])
    }

    @Test func `a host function takes arguments by position and by name`() throws {
        let text = """
            r = shell("ls", {"A": "1"}, mute=True)
            x = [r.line, r.mute, r.env, shell(command="pwd").line]
            """
        let module = try run(text, HostFunctionTests.shell)
        #expect(try module.data("x") == .list([.string("ls"), .bool(true), .int(1), .string("pwd")]))
    }

    @Test(arguments: [
        ("shell()", "shell: missing argument for command"),
        ("shell(1)", "shell: for parameter \"command\": got int, want string"),
        ("shell(\"a\", {}, True)", "shell: got 3 arguments, want at most 2"),
        ("shell(\"a\", mut=True)", "shell: unexpected keyword argument \"mut\""),
        ("shell(\"a\", command=\"b\")", "shell: got multiple values for parameter \"command\""),
        ("shell(\"a\", env={1: 2})", "shell: for parameter \"env\": dict has a key of type int, want string"),
    ])
    func `wrong calls are refused before or inside the body`(_ call: String, _ message: String) throws {
        let error = #expect(throws: StarlarkError.self) { try run(call, HostFunctionTests.shell) }
        #expect(error?.message == message)
        #expect(error?.builtin == "shell")
    }

    @Test func `an error of the host becomes the cause, at the place of the call`() throws {
        struct Broken: Error, Equatable {}
        let function = HostFunction("f", parameters: []) { _ in throw Broken() }
        let error = #expect(throws: StarlarkError.self) { try run("def g():\n    f()\ng()", function) }
        #expect(error?.code == .host)
        #expect(error?.cause is Broken)
        #expect(error?.location?.line == 2)
    }

    @Test func `a host function calls back and sees who called it`() throws {
        let twice = HostFunction("twice", parameters: [.required("f"), .optional("v")]) { call in
            guard let function = call["f"], let value = call["v"] else { return .none }
            let once = try call.evaluation.call(function, [.reference(value)])
            let place = call.location.map { "\($0.line)" } ?? ""
            return .tuple([.reference(try call.evaluation.call(function, [.reference(once)])), .string(place)])
        }
        let text = "def add(v): return v + [1]\n\nx = twice(add, [0])"
        #expect(try run(text, twice).data("x") == .list([.list([.int(0), .int(1), .int(1)]), .string("3")]))
    }

    @Test func `callbacks that nest too deep are refused`() throws {
        let again = HostFunction("again", parameters: [.required("f")]) { call in
            guard let function = call["f"] else { return .none }
            return .reference(try call.evaluation.call(function))
        }
        let error = #expect(throws: StarlarkError.self) { try run("def f(): return again(f)\nf()", again) }
        #expect(error?.code == .depthLimit)
    }

    @Test func `the context of the settings reaches host functions`() throws {
        let function = HostFunction("who", parameters: []) { call in
            .string(call.context as? String ?? "")
        }
        let predeclared = try FrozenModule(name: "host", values: ["who": .function(function)])
        let settings = EvaluationSettings(context: "runner")
        #expect(
            try Script.run("x = who()", settings: settings, predeclared: predeclared).data("x") == .string("runner"))
    }

    @Test func `a variadic function sees all arguments`() throws {
        let function = HostFunction(variadic: "f") { call in
            .list([.int(call.positional.count), .dict(call.named.map { ($0.0, .reference($0.1)) })])
        }
        let expected = StarlarkData.list([.int(2), .dict(["a": .int(1), "b": .int(2)])])
        #expect(try run("x = f(0, a=1, *[1], **{\"b\": 2})", function).data("x") == expected)
    }
}
