import ObjectStore
import Testing

@Suite struct ObjectKeyTests {
    @Test(arguments: [
        "a", "logs/01J9/3", "A-Z_0.9=+@:,~", "a/b/c/d/e/f", String(repeating: "k", count: 200), "a..b/c.",
    ])
    func `a key of plain segments is taken as it is`(text: String) throws {
        #expect(try ObjectKey(text).text == text)
    }

    @Test(arguments: [
        "", "/", "/a", "a/", "a//b", ".", "..", "a/../b", "../a", "a/.", ".hidden", "a/.temporary", "a b", "ä", "a\\b",
        "a\0b", "a\nb", "a%2e", "a?b", "a*", String(repeating: "k", count: 201),
        [String](repeating: "k", count: 17).joined(separator: "/"),
        [String](repeating: String(repeating: "k", count: 180), count: 3).joined(separator: "/"),
    ])
    func `a key that could leave its place or is too long is refused`(text: String) async {
        await expectObjectStoreError(.invalidKey) { _ = try ObjectKey(text) }
    }

    @Test func `keys sort by their bytes`() throws {
        let keys = try ["a/b", "a-b", "a.b", "A", "a", "a0"].map { try ObjectKey($0) }
        #expect(keys.sorted().map(\.text) == ["A", "a", "a-b", "a.b", "a/b", "a0"])
    }
}
