import Testing

@testable import Config

@Suite struct LoadReferenceTests {
    @Test(arguments: [
        ("//tools/go.star", "services/api/package.ocu.star", "tools/go.star"),
        ("./helpers.star", "services/api/package.ocu.star", "services/api/helpers.star"),
        ("../x.star", "services/api/package.ocu.star", "services/x.star"),
        ("./a//b/./c.star", "package.ocu.star", "a/b/c.star"),
        ("//a/../b.star", "x/package.ocu.star", "b.star"),
    ])
    func `a path is found from the root or from the loading file`(text: String, from: String, path: String) throws {
        #expect(try LoadReference.parse(text, from: from) == .file(path))
    }

    @Test(arguments: ["../../x.star", "//../x.star", "x.star", "/etc/passwd", "http://x/y.star", "//", "./", "//a/"])
    func `what leaves the repo, or is no path, is refused`(text: String) {
        #expect(throws: LoadReference.Refusal.self) { try LoadReference.parse(text, from: "a/package.ocu.star") }
    }

    @Test func `both versions of the SDK are known`() throws {
        #expect(
            try LoadReference.parse("github.com/ocuroot/sdk/v0.1-alpha/forms.star", from: "p")
                == .sdk(.v01Alpha, module: "forms.star"))
        #expect(throws: LoadReference.Refusal.self) {
            try LoadReference.parse("github.com/ocuroot/sdk/v9/forms.star", from: "p")
        }
    }
}
