import Starlark
import Testing

/// Types that a host writes: here a counter whose objects have fields, elements and a sum.
@Suite struct HostTypeTests {
    private static let bag = HostType(
        "bag",
        assignment: { bag, name, value in
            guard name != "sise" else { return false }
            try bag.setField(name, to: value)
            return true
        },
        element: { bag, index in
            index < bag.field("size")?.int ?? 0 ? .int(index * index) : nil
        },
        operation: { bag, operation, other, isLeft in
            guard operation == "+", let number = other.int else { return nil }
            return .string("\(isLeft ? "bag+" : "")\(number)\(isLeft ? "" : "+bag")")
        })

    private func run(_ text: String) throws -> FrozenModule {
        let make = HostFunction(variadic: "bag") { call in
            .object(HostTypeTests.bag, fields: call.named.map { ($0.0, .reference($0.1)) })
        }
        return try Script.run(text, predeclared: FrozenModule(name: "host", values: ["bag": .function(make)]))
    }

    private func failure(_ text: String) -> String? {
        #expect(throws: StarlarkError.self) { try run(text) }?.summary
    }

    @Test func `an object has the fields it was given and those that were set`() throws {
        let module = try run(
            "b = bag(size = 1)\nb.name = \"n\"\nx = [b.size, b.name, dir(b), type(b), str(b), bool(b)]")
        #expect(
            try module.data("x")
                == .list([
                    .int(1), .string("n"), .list([.string("name"), .string("size")]), .string("bag"), .string("bag"),
                    .bool(true),
                ]))
        #expect(failure("bag(size = 1).siz") == "bag has no .siz field or method (did you mean .size?)")
        #expect(failure("bag(size = 1).sise = 1") == "bag has no .sise field to set (did you mean .size?)")
    }

    @Test func `loops run over its elements, operators reach it from both sides`() throws {
        let module = try run("b = bag(size = 3)\nx = [list(b), b + 1, 2 + b]")
        #expect(
            try module.data("x")
                == .list([.list([.int(0), .int(1), .int(4)]), .string("bag+1"), .string("2+bag")]))
        #expect(failure("bag() - 1") == "unknown binary op: bag - int")
        #expect(failure("bag() + \"s\"") == "unknown binary op: bag + string")
    }

    @Test func `an integer that an operator gives stays as it is when more is computed with it`() throws {
        let echo = HostType("echo", operation: { _, _, other, _ in .reference(other) })
        let make = HostFunction("echo", parameters: []) { _ in .object(echo, fields: []) }
        let module = try Script.run(
            """
            def check(echo):
                number = 1 << 70
                less = (echo + number) - 5
                return number - less
            x = check(echo())
            """, predeclared: FrozenModule(name: "host", values: ["echo": .function(make)]))
        #expect(try module.data("x") == .int(5))
    }

    @Test func `it is equal to itself only, and a key`() throws {
        let module = try run("b = bag()\nx = [b == b, b == bag(), {b: 1}[b], b in {bag(): 1}]")
        #expect(try module.data("x") == .list([.bool(true), .bool(false), .int(1), .bool(false)]))
    }

    @Test func `it is frozen with its module`() throws {
        let module = try run("b = bag(names = [])\ndef set(): b.x = 1\ndef add(): b.names.append(1)")
        for (name, message) in [
            ("set", "cannot set .x field of a frozen object"), ("add", "cannot append to frozen list"),
        ] {
            let function = try #require(module.function(name))
            let error = #expect(throws: StarlarkError.self) { try Evaluation().call(function) }
            #expect(error?.message == message)
        }
    }
}
