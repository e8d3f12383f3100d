import Foundation
import StarlarkChunks
import Testing

/// Runs the files of `Chunks/`: Starlark that tests itself, in the format of the public suites.
@Suite struct ChunkFileTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
        "Chunks")

    /// The files' paths below `Chunks/`.
    static let names: [String] = {
        let walk = FileManager.default.enumerator(atPath: folder.path)
        return (walk?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".star") }.sorted()
    }()

    private static func result(_ name: String, _ text: String? = nil) throws -> ChunkFileResult {
        let runner = try ChunkFileRunner { path in [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))) }
        let path = folder.appendingPathComponent(name).path
        let bytes = try text.map { Array($0.utf8) } ?? [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
        return runner.run(ChunkFile(path: path, bytes: bytes))
    }

    private static func problems(_ text: String, name: String = "t.star") throws -> [String] {
        try result(name, text).problems.map { String($0.dropFirst(folder.path.count + 1)) }
    }

    @Test func `there are files`() { #expect(ChunkFileTests.names.count > 40) }

    @Test(arguments: names) func `every chunk keeps what it promises`(_ name: String) throws {
        let result = try ChunkFileTests.result(name)
        #expect(result.problems == [])
        #expect(result.notes == [])
        #expect(result.passed > 0)
    }

    @Test func `an assertion that does not hold fails its chunk, at its line`() throws {
        let result = try ChunkFileTests.result(
            "t.star", "x = 1\n---\ny = 1\nassert_eq(y, 2)\nassert_(y == 3, \"three\")\n")
        #expect(result.passed == 1)
        #expect(result.failed == 1)
        #expect(
            result.problems.map { $0.split(separator: "/").last } == ["t.star:4: got 1, want 2", "t.star:5: three"])
    }

    @Test func `a promised error must come, on its line, with its message`() throws {
        #expect(try ChunkFileTests.problems("x = 1 // 0 ### \"division by zero\"\n") == [])
        #expect(
            try ChunkFileTests.problems("x = 1 ### \"zero\"\n")
                == ["t.star:1: did not fail, but should with zero"])
        #expect(
            try ChunkFileTests.problems("x = 1 // 0 ### \"one\"\n")
                == ["t.star:1: failed with Error: floored division by zero, but should with one"])
        #expect(
            try ChunkFileTests.problems("x = 1 // 0\ny = 1 ### \"zero\"\n")
                == ["t.star:1: Error: floored division by zero", "t.star:2: did not fail, but should with zero"])
    }

    @Test func `a bare pattern is met anywhere in its chunk, and that is noted`() throws {
        let result = try ChunkFileTests.result("t.star", "x = 1 // 0\ny = 1 ### go: ZERO\n")
        #expect(result.problems == [])
        #expect(result.notes.count == 1)
        #expect(try ChunkFileTests.problems("x = 1\n### java: unsupported\n### rust: not supported\n") == [])
        #expect(try ChunkFileTests.problems("x = 1 // 0\n### by zero\n") == [])
        #expect(try ChunkFileTests.problems("x = 1 // 0\n### by one\n").count == 1)
    }

    @Test func `files of the Go implementation load their assertions`() throws {
        let head = "load(\"assert.star\", \"assert\", \"freeze\")\n"
        #expect(
            try ChunkFileTests.problems(head + "assert.eq(1, 1)\nassert.fails(lambda: [][0], \"out of range\")\n") == []
        )
        #expect(
            try ChunkFileTests.problems(head + "assert.fails(lambda: 1, \"boom\")\nassert.lt(2, 1)\nassert.ne(1, 1)\n")
                == [
                    "t.star:2: it did not fail, but should with boom", "t.star:3: 2 is not less than 1",
                    "t.star:4: got 1 twice",
                ])
        #expect(try ChunkFileTests.problems(head + "freeze([]).append(1) ### \"frozen list\"\n") == [])
        let other = try ChunkFileTests.result("t.star", "load('proto.star', 'proto')\n")
        #expect(other.omission != nil)
    }

    @Test func `a file that is itself wrong fails`() throws {
        #expect(try ChunkFileTests.problems("x = 1 ###\n") == ["t.star:1: ### without a pattern"])
        #expect(try ChunkFileTests.problems("# option:whle\n") == ["t.star:1: there is no option whle"])
        #expect(try ChunkFileTests.problems("x = 1 ### \"(\"\n") == ["t.star:1: no regular expression: ("])
    }
}
