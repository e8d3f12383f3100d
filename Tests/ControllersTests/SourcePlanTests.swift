import Git
import Model
import Store
import Testing

@testable import SourceController

@Suite struct SourcePlanTests {
    private func id(_ digit: Character) throws -> ObjectID {
        try #require(ObjectID(hex: String(repeating: digit, count: 40)))
    }

    private func plan(
        _ tips: RemoteTips, known: [RefName: RefTip] = [:], refs: [RefPattern] = []
    ) throws(GitError) -> SourcePlan {
        try SourcePlan.make(tips: tips, known: known, refs: refs, url: "https://me:secret@host.example/shop")
    }

    @Test func `the branch that HEAD names is delivered, and only it`() throws {
        let tips = RemoteTips(
            refs: ["refs/heads/trunk": try id("1"), "refs/heads/other": try id("2")], head: "refs/heads/trunk")
        #expect(try plan(tips) == SourcePlan(moved: ["refs/heads/trunk"], deleted: []))
    }

    @Test func `without a HEAD main is delivered, and configured refs win over both`() throws {
        let tips = RemoteTips(
            refs: ["refs/heads/main": try id("1"), "refs/heads/release": try id("2")], head: nil)
        #expect(try plan(tips).moved == ["refs/heads/main"])
        #expect(try plan(tips, refs: ["refs/heads/release"]).moved == ["refs/heads/release"])
    }

    @Test func `a tip that did not move is nothing to do, a deleted one is closed once`() throws {
        let known: [RefName: RefTip] = ["refs/heads/main": RefTip(commit: CommitID(try id("1")), sequence: 3)]
        let same = RemoteTips(refs: ["refs/heads/main": try id("1")], head: "refs/heads/main")
        #expect(try plan(same, known: known) == SourcePlan(moved: [], deleted: []))
        let gone = RemoteTips(refs: ["refs/heads/other": try id("2")], head: "refs/heads/main")
        let after = try plan(gone, known: known)
        #expect(after.moved.isEmpty && after.deleted == ["refs/heads/main"] && after.problems.count == 1)
    }

    @Test func `an annotated tag counts as the commit that it leads to`() throws {
        let known: [RefName: RefTip] = ["refs/tags/v1": RefTip(commit: CommitID(try id("1")), sequence: 1)]
        let tips = RemoteTips(
            refs: ["refs/tags/v1": try id("9")], peeled: ["refs/tags/v1": try id("1")], head: nil)
        #expect(try plan(tips, known: known, refs: ["refs/tags/v1"]) == SourcePlan(moved: [], deleted: []))
        #expect(SourcePlan.unmoved(tips: tips, known: known).count == 1)
    }

    @Test func `a pattern means the refs that it fits, also below further slashes`() throws {
        let tips = RemoteTips(
            refs: [
                "refs/heads/main": try id("1"), "refs/heads/release/1": try id("2"),
                "refs/heads/release/1/hotfix": try id("3"), "refs/tags/v1.0": try id("4"), "refs/tags/w": try id("5"),
            ], head: "refs/heads/main")
        let plan = try plan(tips, refs: ["refs/heads/release/*", "refs/tags/v?.*"])
        #expect(plan.moved == ["refs/heads/release/1", "refs/heads/release/1/hotfix", "refs/tags/v1.0"])
    }

    @Test func `a ref that is no longer delivered is closed`() throws {
        let one = CommitID(try id("1"))
        let known: [RefName: RefTip] = [
            "refs/heads/main": RefTip(commit: one, sequence: 3), "refs/heads/x/1": RefTip(commit: one, sequence: 1),
        ]
        let tips = RemoteTips(refs: ["refs/heads/main": one.object, "refs/heads/x/1": one.object], head: nil)
        #expect(try plan(tips, known: known, refs: ["refs/heads/m*"]).deleted == ["refs/heads/x/1"])
    }

    @Test func `patterns that mean more refs than are delivered are refused with both numbers`() throws {
        var refs: [RefName: ObjectID] = [:]
        for number in 0...SourcePlan.refsMax { refs[RefName("refs/heads/x/\(number)")] = try id("1") }
        let error = #expect(throws: GitError.self) {
            try plan(RemoteTips(refs: refs, head: nil), refs: ["refs/heads/x/*"])
        }
        #expect(error?.code == .tooLarge)
        #expect(error?.description.contains("means 501 refs, and at most 500 are delivered") == true)
    }

    @Test func `more branches than may have previews hold up neither main nor the previews that are there`() throws {
        let (one, two) = (CommitID(try id("1")), CommitID(try id("2")))
        var refs: [RefName: ObjectID] = ["refs/heads/main": two.object]
        for number in 0...SourcePlan.previewRefsMax { refs[RefName("refs/heads/x/\(number)")] = two.object }
        let plan = try SourcePlan.make(
            tips: RemoteTips(refs: refs, head: "refs/heads/main"),
            known: ["refs/heads/main": RefTip(commit: one, sequence: 1)], refs: [], url: "file:///shop",
            rule: PreviewRule(refs: ["refs/heads/x/*"]),
            previews: [
                "refs/heads/x/7": RefTip(commit: one, sequence: 1),
                "refs/heads/x/gone": RefTip(commit: one, sequence: 1),
            ])
        #expect(plan.moved == ["refs/heads/main"])
        #expect(plan.movedPreviews == ["refs/heads/x/7"] && plan.endedPreviews == ["refs/heads/x/gone"])
        #expect(plan.problems.first?.contains("no new previews: 2001 branches fit, and at most 2000 may") == true)
    }

    @Test func `what the mirror must still have are the recorded refs that the remote has where they were`() throws {
        let one = CommitID(try id("1"))
        let known: [RefName: RefTip] = [
            "refs/heads/main": RefTip(commit: one, sequence: 3), "refs/heads/moved": RefTip(commit: one, sequence: 1),
            "refs/heads/gone": RefTip(commit: one, sequence: 1), "refs/heads/closed": RefTip(commit: nil, sequence: 2),
        ]
        let tips = RemoteTips(
            refs: ["refs/heads/main": one.object, "refs/heads/moved": try id("2"), "refs/heads/new": one.object],
            head: "refs/heads/main")
        #expect(SourcePlan.unmoved(tips: tips, known: known) == ["refs/heads/main": one])
    }

    @Test func `branches that fit get previews, but not what is delivered, and not tags`() throws {
        let one = try id("1")
        let tips = RemoteTips(
            refs: ["refs/heads/main": one, "refs/heads/x": one, "refs/heads/y": one, "refs/tags/x": one],
            head: "refs/heads/main")
        let rule = PreviewRule(refs: ["refs/heads/*"])
        let first = try previewPlan(tips, rule: rule, refs: ["refs/heads/y"])
        #expect(first.moved == ["refs/heads/y"] && first.movedPreviews == ["refs/heads/main", "refs/heads/x"])
        #expect(try previewPlan(tips, rule: rule).movedPreviews == ["refs/heads/x", "refs/heads/y"])
        let seen: [RefName: RefTip] = [
            "refs/heads/main": RefTip(commit: CommitID(one), sequence: 1),
            "refs/heads/x": RefTip(commit: CommitID(one), sequence: 0),
        ]
        let later = try previewPlan(tips, known: seen, rule: rule)
        #expect(later == SourcePlan(moved: [], deleted: [], movedPreviews: ["refs/heads/y"]))
    }

    @Test func `a preview ends with its branch, when it fits no more, and when the branch is delivered itself`() throws
    {
        let tip = RefTip(commit: CommitID(try id("1")), sequence: 1)
        let main: [RefName: RefTip] = ["refs/heads/main": tip]
        let previews: [RefName: RefTip] = ["refs/heads/x/1": tip, "refs/heads/x/2": tip]
        let both = RemoteTips(
            refs: ["refs/heads/main": try id("1"), "refs/heads/x/1": try id("1"), "refs/heads/x/2": try id("1")],
            head: "refs/heads/main")
        let one = RemoteTips(
            refs: ["refs/heads/main": try id("1"), "refs/heads/x/1": try id("1")], head: "refs/heads/main")
        let rule = PreviewRule(refs: ["refs/heads/x/*"])
        #expect(try previewPlan(both, known: main, rule: rule, previews: previews).endedPreviews.isEmpty)
        #expect(try previewPlan(one, known: main, rule: rule, previews: previews).endedPreviews == ["refs/heads/x/2"])
        let narrow = PreviewRule(refs: ["refs/heads/x/2"])
        #expect(
            try previewPlan(both, known: main, rule: narrow, previews: previews).endedPreviews == ["refs/heads/x/1"])
        let delivered = try previewPlan(
            both, known: main, rule: rule, previews: previews, refs: ["refs/heads/main", "refs/heads/x/1"])
        #expect(delivered.endedPreviews == ["refs/heads/x/1"] && delivered.moved == ["refs/heads/x/1"])
        #expect(try previewPlan(both, known: main, rule: nil, previews: previews).endedPreviews.count == 2)
    }

    @Test func `a remote that has lost all that was known ends no preview`() throws {
        let tip = RefTip(commit: CommitID(try id("1")), sequence: 1)
        let known: [RefName: RefTip] = ["refs/heads/main": tip]
        let previews: [RefName: RefTip] = ["refs/heads/x": tip]
        let rule = PreviewRule(refs: ["refs/heads/x"])
        for tips in [
            RemoteTips(refs: [:], head: nil), RemoteTips(refs: [:], head: "refs/heads/main"),
            RemoteTips(refs: ["refs/heads/foreign": try id("2")], head: nil),
        ] {
            let error = #expect(throws: GitError.self) {
                try previewPlan(tips, known: known, rule: rule, previews: previews)
            }
            #expect(error?.description.contains("all that was known of it is gone, refs/heads/x among it") == true)
        }
        let renamed = RemoteTips(refs: ["refs/heads/trunk": try id("1")], head: "refs/heads/trunk")
        #expect(
            try previewPlan(renamed, known: known, rule: rule, previews: previews).endedPreviews == ["refs/heads/x"])
    }

    @Test func `a HEAD that names no branch for a while ends no preview, and has no other branch delivered`() throws {
        let tip = RefTip(commit: CommitID(try id("1")), sequence: 1)
        let known: [RefName: RefTip] = ["refs/heads/trunk": tip]
        let previews: [RefName: RefTip] = ["refs/heads/main": tip]
        let rule = PreviewRule(refs: ["refs/heads/*"])
        for head in [nil, "refs/heads/gone"] as [RefName?] {
            let tips = RemoteTips(
                refs: ["refs/heads/trunk": try id("2"), "refs/heads/main": try id("2")], head: head)
            let plan = try previewPlan(
                tips, known: known, rule: rule, previews: previews, lastDefault: "refs/heads/trunk")
            #expect(plan.moved == ["refs/heads/trunk"] && plan.movedPreviews == ["refs/heads/main"])
            #expect(plan.endedPreviews.isEmpty && plan.deleted.isEmpty && plan.problems.isEmpty)
        }
    }

    @Test func `a default branch that is gone is told, and delivers no other in its place`() throws {
        let tip = RefTip(commit: CommitID(try id("1")), sequence: 1)
        let tips = RemoteTips(refs: ["refs/heads/main": try id("1")], head: "refs/heads/trunk")
        let plan = try previewPlan(
            tips, known: ["refs/heads/trunk": tip], rule: PreviewRule(refs: ["refs/heads/*"]),
            previews: ["refs/heads/main": tip], lastDefault: "refs/heads/trunk")
        #expect(plan.moved.isEmpty && plan.deleted == ["refs/heads/trunk"] && plan.endedPreviews.isEmpty)
        #expect(
            plan.problems.first?.contains(
                "refs/heads/trunk, the default branch, is gone, and the remote's HEAD names refs/heads/trunk") == true)
        let renamed = RemoteTips(refs: ["refs/heads/main": try id("1")], head: "refs/heads/main")
        let later = try previewPlan(
            renamed, rule: PreviewRule(refs: ["refs/heads/*"]), previews: ["refs/heads/main": tip],
            lastDefault: "refs/heads/trunk")
        #expect(later.moved == ["refs/heads/main"] && later.endedPreviews == ["refs/heads/main"])
    }

    private func previewPlan(
        _ tips: RemoteTips, known: [RefName: RefTip] = [:], rule: PreviewRule?, previews: [RefName: RefTip] = [:],
        refs: [RefPattern] = [], lastDefault: RefName? = nil
    ) throws(GitError) -> SourcePlan {
        try SourcePlan.make(
            tips: tips, known: known, refs: refs, url: "file:///shop", lastDefault: lastDefault, rule: rule,
            previews: previews)
    }

    @Test func `nothing to deliver is an error that says what to push and shows no password`() throws {
        let empty = #expect(throws: GitError.self) { try plan(RemoteTips(refs: [:], head: nil)) }
        #expect(empty?.code == .emptyRepository)
        let other = RemoteTips(refs: ["refs/heads/other": try id("2")], head: nil)
        let missing = #expect(throws: GitError.self) { try plan(other) }
        #expect(missing?.code == .missingRef)
        #expect(missing?.description.contains("refs/heads/main") == true)
        #expect(missing?.description.contains("secret") == false)
    }
}
