import Starlark
import Testing

@Suite struct HostValueTests {
    @Test func `a dict that the host makes is filled by the program and read afterwards`() throws {
        let module = try Script.run(
            "def build(ctx):\n    ctx.build.attributes[\"url\"] = \"http://x\"\n    return None")
        let function = try #require(module.function("build"))
        let evaluation = Evaluation()
        let attributes = try evaluation.make(.dict([("old", .int(1))]))
        let build = HostRecord(type: "build", fields: [("id", .string("b1")), ("attributes", .reference(attributes))])
        let context = HostRecord(type: "context", fields: [("build", .record(build))])
        #expect(try evaluation.call(function, [.record(context)]).isNone)
        #expect(try attributes.data() == .dict(["old": .int(1), "url": .string("http://x")]))
    }

    @Test func `only settable fields of a record can be assigned`() throws {
        let module = try Script.run(
            "def f(r):\n    r.a = 2\n    return r.a\ndef g(r):\n    r.b = 2\ndef h(r):\n    r.aa = 2")
        let record = HostValue.record(
            HostRecord(type: "thing", fields: [("a", .int(1)), ("b", .int(1))], settable: ["a"]))
        let evaluation = Evaluation()
        #expect(try evaluation.call(#require(module.function("f")), [record]).int == 2)
        let error = #expect(throws: StarlarkError.self) {
            try evaluation.call(#require(module.function("g")), [record])
        }
        #expect(error?.message == "can't assign to .b field of thing")
        let misspelled = #expect(throws: StarlarkError.self) {
            try evaluation.call(#require(module.function("h")), [record])
        }
        #expect(misspelled?.suggestion == "did you mean .a?")
    }

    @Test func `a frozen value refuses every change`() throws {
        let module = try Script.run("def f(d):\n    d[\"a\"] = 1")
        let evaluation = Evaluation()
        let frozen = try evaluation.makeFrozen(.dict([("a", .list([]))]))
        let error = #expect(throws: StarlarkError.self) {
            try evaluation.call(#require(module.function("f")), [.reference(frozen)])
        }
        #expect(error?.message == "cannot insert into frozen hash table")
    }

    @Test func `a value is frozen with all that it reaches, and nothing else`() throws {
        let text = """
            def f(d, other):
                other.append(1)
                d["a"][0].append(1)
            def g(d):
                keep = []
                def add(): keep.append(d)
                add()
                return (add, keep)
            """
        let module = try Script.run(text)
        let evaluation = Evaluation()
        let list = try evaluation.make(.list([]))
        let inner = try evaluation.make(.dict([("a", .tuple([.reference(list)]))]))
        let made = try evaluation.call(#require(module.function("g")), [.reference(inner)])
        try evaluation.freeze(made)
        let other = try evaluation.make(.list([]))
        let error = #expect(throws: StarlarkError.self) {
            try evaluation.call(#require(module.function("f")), [.reference(inner), .reference(other)])
        }
        #expect(error?.message == "cannot append to frozen list")
        #expect(other.items?.count == 1)
    }

    @Test func `values of another evaluation are refused`() throws {
        let other = try Evaluation().make(.list([]))
        let error = #expect(throws: StarlarkError.self) { try Evaluation().make(.list([.reference(other)])) }
        #expect(error?.code == .host)
    }

    @Test func `a host module is loaded like a file`() throws {
        let sdk = try FrozenModule(
            name: "sdk",
            values: [
                "version": .string("v0"), "limits": .structure([("b", .int(2)), ("a", .int(1))]),
                "double": .function(
                    HostFunction("double", parameters: [.required("n")]) { .int(try $0.int("n") * 2) }),
            ])
        let text = "load(\"sdk\", \"version\", \"limits\", d=\"double\")\nx = [version, str(limits), d(4)]"
        let module = try Script.run(text) { _ in sdk }
        #expect(try module.data("x") == .list([.string("v0"), .string("struct(a = 1, b = 2)"), .int(8)]))
        #expect(sdk.globalNames == ["double", "limits", "version"])
    }

    @Test func `a name that a module lacks is suggested`() throws {
        let sdk = try FrozenModule(name: "sdk", values: ["package": .int(1)])
        let error = #expect(throws: StarlarkError.self) {
            try Script.run("load(\"sdk\", \"pakage\")") { _ in sdk }
        }
        #expect(error?.summary == "load: name pakage not found in module sdk (did you mean package?)")
    }

    @Test func `data of any shape survives a round trip`() throws {
        let data: StarlarkData = .dict([
            "none": .none, "bool": .bool(true), "int": .int(.min), "float": .float(-0.0), "text": .string("é\n\"🙂"),
            "list": .list([.int(1), .list([]), .dict([:])]),
        ])
        let module = try Script.run("def same(v): return v")
        let result = try Evaluation().call(#require(module.function("same")), [.data(data)])
        #expect(try result.data() == data)
    }

    @Test func `what is no data says where it stands`() throws {
        let module = try Script.run("x = {\"a\": [1, {\"b\": len}]}\ny = 1 << 70")
        let error = #expect(throws: StarlarkError.self) { try module.data("x") }
        #expect(error?.message.hasPrefix("in [\"a\"][1][\"b\"]: builtin_function_or_method is no value") == true)
        #expect(throws: StarlarkError.self) { try module.data("y") }
    }

    @Test func `a record is written with its fields, also inside itself`() throws {
        let evaluation = Evaluation()
        let plain = try evaluation.make(.record(HostRecord(type: "later", fields: [("msg", .string("no"))])))
        #expect("\(plain)" == "later(msg = \"no\")")
        let program = try Program(name: "p", bytes: Array("def f(r):\n  r.a = [r]\n  return str(r)\n".utf8))
        let function = try #require(try program.run { _ in .empty }.function("f"))
        let text = try evaluation.call(
            function, [.record(HostRecord(type: "thing", fields: [("a", .int(1))], settable: ["a"]))])
        #expect(text.string == "thing(a = [thing(...)])")
    }
}
