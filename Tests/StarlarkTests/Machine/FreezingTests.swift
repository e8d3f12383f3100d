import Starlark
import Testing

@Suite struct FreezingTests {
    private static let library = """
        items = [1]
        table = {"a": [1]}
        names = set([1])
        def change_list(): items.append(2)
        def change_inner(): table["a"].append(2)
        def change_dict(): table["b"] = 1
        def change_set(): names.add(2)
        def change_default(v=[]): v.append(1)
        def make(): return [0]
        """

    @Test(arguments: [
        ("change_list", "cannot append to frozen list"), ("change_inner", "cannot append to frozen list"),
        ("change_dict", "cannot insert into frozen hash table"),
        ("change_set", "add: cannot insert into frozen hash table"),
        ("change_default", "cannot append to frozen list"),
    ])
    func `what a file made cannot change once it was loaded`(_ function: String, _ message: String) throws {
        let module = try Script.run(FreezingTests.library)
        let reference = try #require(module.function(function))
        let error = #expect(throws: StarlarkError.self) { try Evaluation().call(reference) }
        #expect(error?.message == message)
    }

    @Test func `what a call makes can change`() throws {
        let module = try Script.run(FreezingTests.library)
        let text = "load(\"lib\", \"make\")\ny = make()\ny.append(1)\nx = y"
        let user = try Script.run(text) { _ in module }
        #expect(try user.data("x") == .list([.int(0), .int(1)]))
    }

    @Test func `a loaded value lives as long as the module that took it`() throws {
        func build() throws -> FrozenModule {
            let inner = try Script.run("deep = [[1, 2], {\"k\": (3,)}]\ndef f(): return deep")
            let middle = try Script.run("load(\"inner\", \"f\")\ng = f()[1]") { _ in inner }
            return try Script.run("load(\"middle\", \"g\")\nh = [g]") { _ in middle }
        }
        let module = try build()
        #expect(try module.data("h") == .list([.dict(["k": .list([.int(3)])])]))
    }

    @Test func `frozen values can be iterated over by loops inside each other`() throws {
        let module = try Script.run("items = [1, 2]\ndef f(): return [(a, b) for a in items for b in items]")
        let reference = try #require(module.function("f"))
        #expect(try Evaluation().call(reference).items?.count == 4)
    }
}
