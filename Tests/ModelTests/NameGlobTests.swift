import Model
import Testing

@Suite struct NameGlobTests {
    @Test(arguments: [
        ("*", ""), ("*", "a/b"), ("a*c", "abbc"), ("a*c", "ac"), ("a?c", "aäc"), ("*a*b*", "xaxbx"), ("a", "a"),
        ("**", "x"), ("release/*", "release/1/2"), ("?", "€"),
    ])
    func `a glob fits`(_ glob: String, _ name: String) {
        #expect(NameGlob(glob).fits(name))
    }

    @Test(arguments: [
        ("", "a"), ("a", ""), ("a?c", "ac"), ("a*c", "acd"), ("?", ""), ("a", "A"), ("*a", "ab"), ("v?.*", "v10"),
    ])
    func `a glob does not fit`(_ glob: String, _ name: String) {
        #expect(!NameGlob(glob).fits(name))
    }

    @Test func `many stars take no exponential time`() {
        #expect(!NameGlob(String(repeating: "*a", count: 500)).fits(String(repeating: "a", count: 2000) + "b"))
    }
}
