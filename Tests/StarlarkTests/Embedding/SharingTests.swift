import Starlark
import Testing

@Suite struct SharingTests {
    private static let library = """
        table = {"k%d" % i: (i, "v%d" % i) for i in range(1000)}
        words = ["w%d" % i for i in range(200)]
        def look(n):
            total = 0
            for i in range(n):
                key = "k" + str(i % 1000)
                total += table[key][0]
                if words[i % 200] not in words or table[key] not in [table[key]]:
                    fail("lost")
                memo = {table[key]: i, words[i % 200]: i}
                total += len(memo) - 2
            return total, sorted(words, key=lambda w: -len(w))[0], [w for w in words if w.endswith("9")]
        """

    @Test func `eight threads use one frozen module at once`() async throws {
        let module = try Script.run(SharingTests.library)
        let function = try #require(module.function("look"))
        let results = try await withThrowingTaskGroup(of: StarlarkData.self) { group in
            for _ in 0..<8 {
                group.addTask { try Evaluation().call(function, [.int(5_000)]).data() }
            }
            var all: [StarlarkData] = []
            for try await result in group { all.append(result) }
            return all
        }
        #expect(results.count == 8)
        #expect(Set(results).count == 1)
    }

    @Test func `one program is run by several threads at once`() async throws {
        let program = try Program(name: "p", bytes: Array(SharingTests.library.utf8))
        let sizes = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    guard case .dict(let table) = try program.run(load: { _ in .empty }).data("table") else { return 0 }
                    return table.count
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(sizes == Array(repeating: 1_000, count: 8))
    }

    @Test func `a chain of five thousand modules is freed without recursion`() throws {
        var last = try Script.run("x = [0]")
        for _ in 0..<5_000 {
            let inner = last
            last = try Script.run("load(\"inner\", y=\"x\")\nx = y") { _ in inner }
        }
        #expect(try last.data("x") == .list([.int(0)]))
    }
}
