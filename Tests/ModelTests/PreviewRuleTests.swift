import Model
import Testing

struct PreviewRuleTests {
    private let digest = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

    private func names(_ branch: String, _ environment: String = PreviewRule.defaultEnvironment) -> [String] {
        PreviewRule(refs: ["refs/heads/*"], environment: environment)
            .names(for: RefName("refs/heads/" + branch), digest: digest).map(\.rawValue)
    }

    @Test(arguments: [
        ("feature/x", "preview-feature-x"), ("Feature/X_y", "preview-feature-x-y"), ("--a..b--", "preview-a-b"),
        ("42", "preview-42"), ("grün/Ä", "preview-gr-n"),
    ])
    func `an environment is named by its branch in lower case`(branch: String, name: String) {
        #expect(names(branch).first == name)
    }

    @Test func `the next names have digits of the ref's digest behind them`() {
        #expect(
            names("a/b") == [
                "preview-a-b", "preview-a-b-01234567", "preview-a-b-0123456789abcdef", "preview-a-b-\(digest)",
            ])
        #expect(names("a/b", "{branch}.review")[1] == "a-b-01234567.review")
    }

    @Test func `a name that would be empty or too long has digits from the start, and keeps the rule`() {
        #expect(names("_")[0] == "preview-01234567")
        for template in ["preview-{branch}", "{branch}", "r/{branch}/app"] {
            let long = names(String(repeating: "ab-", count: 80), template)
            #expect(long.count == 3)
            for name in long { #expect(NameRule.environment.problem(with: name) == nil, "\(name.utf8.count)") }
        }
    }

    @Test func `only branches fit, by their patterns`() {
        let rule = PreviewRule(refs: ["refs/heads/feature/*", "refs/*/x"])
        #expect(rule.fits("refs/heads/feature/a/b") && rule.fits("refs/heads/x"))
        #expect(!rule.fits("refs/heads/main") && !rule.fits("refs/tags/x"))
    }

    @Test(arguments: [
        (PreviewRule(refs: []), "no branch"), (PreviewRule(refs: ["refs/tags/*"]), "only branches have previews"),
        (PreviewRule(refs: ["refs/heads/*"], environment: "preview"), "does not hold {branch}"),
        (PreviewRule(refs: ["refs/heads/*"], environment: "{branch}-{branch}"), "holds {branch} more than once"),
        (PreviewRule(refs: ["refs/heads/*"], environment: "a b {branch}"), "a space"),
        (PreviewRule(refs: ["refs/heads/*"], environment: "-{branch}"), "begins with '-'"),
        (
            PreviewRule(refs: ["refs/heads/*"], environment: String(repeating: "x", count: 93) + "{branch}"),
            "more than 100 bytes"
        ),
        (PreviewRule(refs: ["refs/heads/*"], like: "a@b"), "contains '@'"),
    ])
    func `what cannot be kept is told`(rule: PreviewRule, part: String) {
        #expect(rule.problem?.contains(part) == true, "\(rule.problem ?? "none")")
    }

    @Test func `what is delivered is no preview, and the default branch is what HEAD names`() {
        let rule = PreviewRule(refs: ["refs/heads/*"])
        func role(_ ref: RefName, _ refs: [RefPattern], head: RefName? = "refs/heads/main") -> RefRole {
            RefRole(of: ref, refs: refs, defaultRef: head, previews: rule)
        }
        #expect(role("refs/heads/main", []) == .delivered && role("refs/heads/x", []) == .preview)
        #expect(role("refs/heads/x", [], head: nil) == .delivered)
        #expect(role("refs/heads/main", ["refs/heads/x"]) == .preview && role("refs/tags/v1", []) == .ignored)
    }
}
