import Model
import Testing

@Suite struct RefNameRuleTests {
    @Test(arguments: [
        "refs/heads/main", "refs/heads/feature/a-b", "refs/tags/v1.0", "refs/heads/@", "refs/heads/a@b",
        "refs/pull/1/head",
        "refs/heads/a/-b", "refs/heads/ü", "refs/heads/a.lock.b",
    ])
    func `what git allows is allowed`(name: String) {
        #expect(RefNameRule.problem(with: RefName(name)) == nil)
    }

    @Test(arguments: [
        ("", "empty"), ("main", "full name"), ("refs/heads", "full name"), ("heads/main", "full name"),
        ("-x", "begins with '-'"), ("refs/heads/-x", "begins with '-'"), ("refs/heads/a..b", "'..'"),
        ("refs/heads/a b", "a space"), ("refs/heads/a\u{1}", "control"), ("refs/heads/a\u{7F}", "control"),
        ("refs/heads/a~", "'~'"), ("refs/heads/a^", "'^'"), ("refs/heads/a:b", "':'"), ("refs/heads/a?", "'?'"),
        ("refs/heads/*", "'*'"), ("refs/heads/a[b", "'['"), ("refs/heads/a\\b", "'\\'"), ("refs/heads/a@{1}", "'@{'"),
        ("refs/heads/a.lock", "'.lock'"), ("refs/heads/a.lock/b", "'.lock'"), ("refs/heads/a.", "ends with '.'"),
        ("refs/heads/", "ends with '/'"), ("/refs/heads/a", "begins with '/'"), ("refs/heads//a", "'//'"),
        ("refs/heads/.a", "begins with '.'"),
        ("refs/heads/" + String(repeating: "x", count: 251), "251 bytes"),
        ("refs/heads/" + String(repeating: "x/", count: 600) + "x", "more than the 1024"),
    ])
    func `what git refuses is refused with the reason`(name: String, why: String) {
        #expect(RefNameRule.problem(with: RefName(name))?.contains(why) == true, "\(name)")
    }
}
