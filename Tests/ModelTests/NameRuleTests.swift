import Model
import Testing

@Suite struct NameRuleTests {
    @Test(arguments: ["api", "services/api", "web.v2", "a_b-c", "über", "r31", "a:b", "x+y", "日本", ".hidden", "a=b"])
    func `a name that commands can address is allowed for anything`(name: String) {
        for rule in [NameRule.package, .environment, .repo] { #expect(rule.problem(with: name) == nil) }
    }

    @Test(arguments: [
        ("", "empty"), ("a//b", "empty part"), ("/a", "empty part"), ("a/", "empty part"), ("my app", "a space"),
        (" a", "a space"), ("a\u{A0}b", "a space"), ("a\tb", "U+0009"), ("a\nb", "U+000A"), ("a\u{7F}", "U+007F"),
        ("a\u{202E}b", "U+202E"), ("-a", "begins with '-'"), ("..", "'..'"), ("a/../b", "'..'"),
        (String(repeating: "x", count: 201), "201 bytes"),
    ])
    func `a name that commands cannot address is refused for anything`(name: String, why: String) {
        for rule in [NameRule.package, .environment, .repo] {
            #expect(rule.problem(with: name)?.contains(why) == true, "\(name)")
        }
    }

    @Test func `only a repo may have an at sign`() {
        #expect(NameRule.package.problem(with: "a@b")?.contains("'@'") == true)
        #expect(NameRule.environment.problem(with: "a@b")?.contains("'@'") == true)
        #expect(NameRule.repo.problem(with: "git@github.com/acme/shop") == nil)
    }
}
