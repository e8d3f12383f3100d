import Starlark
import Testing

@Suite struct EmbeddedModuleTests {
    @Test func `a function reference is found again by the names it tells`() throws {
        let library = try Script.run("def deploy(ctx, force=False): return 1\nalias = deploy\n_private = lambda: 2")
        let user = try Script.run("load(\"lib\", \"alias\")\ntask = alias") { _ in library }
        let reference = try #require(user.function("task"))
        #expect(reference.name == "deploy")
        #expect(reference.moduleName == "test.star")
        #expect(reference.globalName == "deploy")
        #expect(reference.parameterNames == ["ctx", "force"])
        #expect(reference == library.function("deploy"))
        #expect(library.function("_private")?.name == "lambda")
        #expect(library.function("missing") == nil)
    }

    @Test func `a function given to the host while its file runs can be called after`() throws {
        final class Registry: @unchecked Sendable {
            // Written by one test on one thread.
            var functions: [ValueReference] = []
        }
        let registry = Registry()
        let package = HostFunction("package", parameters: [.required("build")]) { call in
            registry.functions = [call["build"]].compactMap { $0 }
            return .none
        }
        let predeclared = try FrozenModule(name: "sdk", values: ["package": .function(package)])
        do {
            _ = try Script.run("def b(n): return n + 1\npackage(b)", predeclared: predeclared)
        }
        let reference = try #require(registry.functions.first?.function)
        #expect(try Evaluation().call(reference, [.int(1)]).int == 2)
    }

    @Test func `a program tells what it loads without running`() throws {
        let text = "load(\"//a.star\", \"x\", y=\"z\")\nload(\"b\", \"c\")\nfail()"
        let program = try Program(name: "p", bytes: Array(text.utf8))
        #expect(program.loads.map(\.module) == ["//a.star", "b"])
        #expect(program.loads.first?.names == ["x", "z"])
        #expect(program.loads.last?.location.line == 2)
    }

    @Test func `a program runs many times with its own globals each time`() throws {
        let program = try Program(name: "p", bytes: Array("x = [1]\ndef f(): return x".utf8))
        let first = try program.run { _ in .empty }
        let second = try program.run { _ in .empty }
        #expect(first.function("f") != second.function("f"))
        #expect(try second.data("x") == .list([.int(1)]))
    }

    @Test func `each file of a graph is loaded once`() throws {
        let files = [
            "a": "load(\"b\", \"b\")\nload(\"c\", \"c\")\nx = [b, c]", "b": "load(\"d\", \"d\")\nb = d",
            "c": "load(\"d\", \"d\")\nc = d", "d": "print(\"d runs\")\nd = [1]",
        ]
        final class Lines: @unchecked Sendable {
            // Written by one test on one thread.
            var lines: [String] = []
        }
        let lines = Lines()
        let settings = EvaluationSettings(print: { lines.lines.append($0) })
        let loader = ModuleLoader(settings: settings) { .bytes(name: $0.module, Array((files[$0.module] ?? "").utf8)) }
        let module = try loader.load(name: "a", bytes: Array((files["a"] ?? "").utf8))
        #expect(try module.data("x") == .list([.list([.int(1)]), .list([.int(1)])]))
        #expect(lines.lines == ["d runs"])
        #expect(loader.loadedNames == ["a", "b", "c", "d"])
    }

    @Test func `a load cycle is named file by file`() throws {
        let loader = ModuleLoader { request in
            let next = ["a": "b", "b": "c", "c": "b"][request.module] ?? ""
            return .bytes(name: request.module, Array("load(\"\(next)\", \"x\")".utf8))
        }
        let error = #expect(throws: StarlarkError.self) {
            try loader.load(name: "a", bytes: Array("load(\"b\", \"x\")".utf8))
        }
        #expect(error?.code == .load)
        #expect(error?.message == "load cycle: b → c → b")
        #expect(error?.frames.map(\.location.file) == ["a", "b", "c"])
    }

    @Test func `loads that nest too deep are refused`() throws {
        let loader = ModuleLoader { request in
            let number = Int(request.module) ?? 0
            return .bytes(name: request.module, Array("load(\"\(number + 1)\", \"x\")".utf8))
        }
        let error = #expect(throws: StarlarkError.self) {
            try loader.load(name: "0", bytes: Array("load(\"1\", \"x\")".utf8))
        }
        #expect(error?.message.hasPrefix("loads nest more than 100 deep") == true)
    }

    @Test func `a file may have a dialect of its own`() throws {
        let loop = Array("n = 0\nfor i in range(3): n += i\n".utf8)
        let dialect = DialectOptions([.topLevelControl, .globalReassignment])
        let main = Array("load(\"loop\", \"n\")\nx = n".utf8)
        let allowing = ModuleLoader { .bytes(name: $0.module, loop, dialect: dialect) }
        #expect(try allowing.load(name: "main", bytes: main).data("x") == .int(3))
        let refusing = ModuleLoader { .bytes(name: $0.module, loop) }
        #expect(throws: StarlarkError.self) { try refusing.load(name: "main", bytes: main) }
        let outer = ModuleLoader(dialect: dialect) { .bytes(name: $0.module, loop, dialect: .init()) }
        #expect(throws: StarlarkError.self) { try outer.load(name: "main", bytes: main) }
    }

    @Test func `names that are not given are refused when the file is compiled`() throws {
        let sdk = try FrozenModule(name: "sdk", values: ["known": .int(1)])
        let program = try Program(name: "p", bytes: Array("x = known".utf8), predeclared: sdk)
        #expect(throws: StarlarkError.self) { try program.run { _ in .empty } }
        #expect(try program.run(predeclared: sdk) { _ in .empty }.data("x") == .int(1))
        #expect(throws: StarlarkError.self) {
            try Program(name: "p", bytes: Array("x = unknown".utf8), predeclared: sdk)
        }
    }
}
