import Foundation
import Git
import Model
import Repositories
import Store
import TestSupport
import Testing

@testable import SourceController

@Suite struct SourceLookTests {
    let remote: RepositoryBuilder
    let directory = NSTemporaryDirectory() + "repositories-" + UUID().uuidString
    let first: CommitID

    init() throws {
        remote = try RepositoryBuilder()
        first = try remote.commit("first", ["a": "1"])
        // The file `a` of that commit, and its tree.
        for (name, id) in [
            ("v-key", "56a6051ca2b02b04ef92d5150c9ef600403cb1de"),
            ("v-tree", "dec00055d1aeef644597adecb6680d94b5ed075f"),
        ] {
            try Data("\(id)\n".utf8).write(to: URL(fileURLWithPath: remote.path + "/refs/tags/" + name))
        }
    }

    private func look(at refs: [RefPattern], known: [RefName: RefTip] = [:]) async throws -> [SourceMove] {
        let repo = Repo(
            id: RepoID(rawValue: 1), url: remote.url, name: nil, refs: refs, error: nil, lookedAt: nil)
        let look = SourceLook(repo: repo, known: known, previews: PreviewTips())
        return try await look.findings(RepositorySet(directory: directory)).moves
    }

    /// What a look finds of branches that all get a preview.
    private func previewLook(_ url: String? = nil) async throws -> SourceLook.Findings {
        let rule = PreviewRule(refs: ["refs/heads/*"])
        let repo = Repo(
            id: RepoID(rawValue: 1), url: url ?? remote.url, name: nil, refs: [], error: nil, lookedAt: nil,
            preview: rule)
        let look = SourceLook(repo: repo, known: [:], previews: PreviewTips(seen: rule.refs))
        return try await look.findings(RepositorySet(directory: directory))
    }

    @Test(arguments: [false, true])
    func `a branch that cannot be read holds up its own preview alone, and is told`(isMalformed: Bool) async throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try remote.commit("x", ["x": "1"], on: "good", base: first)
        if isMalformed {
            try remote.commitMalformed(on: "bad")
        } else {
            try remote.lose(try remote.commit("y", ["y": "1"], on: "bad", base: first).object)
        }
        let findings = try await previewLook()
        var refs: [RefName] = []
        for move in findings.moves {
            switch move {
            case .moved(let change), .preview(let change): refs.append(change.ref)
            default: Issue.record("\(move)")
            }
        }
        #expect(refs.sorted() == ["refs/heads/good", "refs/heads/main"])
        let problem = try #require(findings.problems.first)
        #expect(
            findings.problems.count == 1 && problem.hasPrefix("the preview of bad is held up: cannot"), "\(problem)")
    }

    /// What a look finds of main and of what `release/*` fits; branches `feature/*` get a preview.
    private func patternLook(known: [RefName: RefTip] = [:]) async throws -> SourceLook.Findings {
        let rule = PreviewRule(refs: ["refs/heads/feature/*"])
        let repo = Repo(
            id: RepoID(rawValue: 1), url: remote.url, name: nil, refs: ["refs/heads/main", "refs/heads/release/*"],
            error: nil, lookedAt: nil, preview: rule)
        let look = SourceLook(repo: repo, known: known, previews: PreviewTips(seen: rule.refs))
        return try await look.findings(RepositorySet(directory: directory))
    }

    /// The refs that moved, with their tips.
    private func moved(_ findings: SourceLook.Findings) -> [RefName: CommitID] {
        var refs: [RefName: CommitID] = [:]
        for move in findings.moves {
            switch move {
            case .moved(let change), .preview(let change): refs[change.ref] = change.commit
            default: Issue.record("\(move)")
            }
        }
        return refs
    }

    /// A tip that cannot be read.
    enum Unreadable: CaseIterable {
        case malformed, aboveMalformed, lost
    }

    @Test(arguments: Unreadable.allCases)
    func
        `a branch that only a pattern fits and that cannot be read holds up its own delivery alone, until it is mended`(
            tip: Unreadable
        ) async throws
    {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let good = try remote.commit("x", ["x": "1"], on: "release/1", base: first)
        let idea = try remote.commit("z", ["z": "1"], on: "feature/idea", base: first)
        var known: [RefName: RefTip] = ["refs/heads/release/0": RefTip(commit: nil, sequence: 1)]
        switch tip {
        case .malformed: try remote.commitMalformed(on: "release/2")
        case .aboveMalformed: try remote.commitAboveMalformed(on: "release/2")
        case .lost: try remote.lose(try remote.commit("y", ["y": "1"], on: "release/2", base: first).object)
        }
        for _ in 0..<2 {
            let findings = try await patternLook(known: known)
            #expect(
                moved(findings)
                    == ["refs/heads/main": first, "refs/heads/release/1": good, "refs/heads/feature/idea": idea])
            let problem = try #require(findings.problems.first)
            #expect(
                findings.problems.count == 1 && problem.hasPrefix("the delivery of release/2 is held up: cannot"),
                "\(problem)")
        }
        for (ref, commit) in [("main", first), ("release/1", good)] {
            known[RefName("refs/heads/" + ref)] = RefTip(commit: commit, sequence: 1)
        }
        let mended = try remote.commit("y", ["y": "2"], on: "release/2", base: first)
        let findings = try await patternLook(known: known)
        #expect(moved(findings)["refs/heads/release/2"] == mended && findings.problems.isEmpty)
    }

    @Test func `a host that breaks off whatever is asked for is an error of the look, but for previews alone`() {
        let repo = Repo(
            id: RepoID(rawValue: 1), url: remote.url, name: nil, refs: ["refs/heads/release/*"], error: nil,
            lookedAt: nil, preview: PreviewRule(refs: ["refs/heads/feature/*"]))
        let look = SourceLook(repo: repo, known: [:], previews: PreviewTips())
        let refs: [RefName] = ["refs/heads/feature/a", "refs/heads/release/1", "refs/heads/release/2"]
        let tips = RemoteTips(refs: Dictionary(uniqueKeysWithValues: refs.map { ($0, first.object) }), head: nil)
        func held(_ code: GitError.Code, _ failed: [RefName]) -> [RefName] {
            let error = GitError(code, operation: "fetch", subject: "x", cause: "x")
            let failures = Dictionary(uniqueKeysWithValues: failed.map { ($0, error) })
            return look.held(failures, of: refs, tips).keys.sorted()
        }
        #expect(held(.unreachable, refs) == ["refs/heads/feature/a"])
        #expect(held(.unreachable, Array(refs.dropLast())) == Array(refs.dropLast()))
        #expect(held(.malformed, refs) == refs)
    }

    @Test
    func `a default branch that only a pattern fits and that cannot be read is told, and keeps none from delivery`()
        async throws
    {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let good = try remote.commit("x", ["x": "1"], on: "good", base: first)
        try remote.commitMalformed(on: "main")
        let repo = Repo(
            id: RepoID(rawValue: 1), url: remote.url, name: nil, refs: ["refs/heads/*"], error: nil, lookedAt: nil)
        let known: [RefName: RefTip] = ["refs/heads/main": RefTip(commit: first, sequence: 1)]
        let findings = try await SourceLook(repo: repo, known: known, previews: PreviewTips())
            .findings(RepositorySet(directory: directory))
        #expect(moved(findings) == ["refs/heads/good": good])
        #expect(findings.problems.first?.hasPrefix("the delivery of main is held up: cannot read commit") == true)
    }

    @Test func `a default branch that cannot be read is an error`() async throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try remote.point("good", at: first)
        let bad = try remote.commitMalformed(on: "main")
        let error = await #expect(throws: GitError.self) { try await previewLook() }
        #expect(error?.description.contains(bad.hex) == true, "\(String(describing: error))")
    }

    @Test func `tags of files and trees that a pattern fits are recorded, and keep nothing else from delivery`()
        async throws
    {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        var (delivered, known): ([RefName], [RefName: RefTip]) = ([], [:])
        for move in try await look(at: ["refs/heads/main", "refs/tags/v*"]) {
            switch move {
            case .moved(let change): delivered.append(change.ref)
            case .passedOver(let ref, let commit): known[ref] = RefTip(commit: commit, sequence: 1)
            default: Issue.record("\(move)")
            }
        }
        #expect(delivered == ["refs/heads/main"])
        #expect(known.keys.sorted() == ["refs/tags/v-key", "refs/tags/v-tree"])
        known["refs/heads/main"] = RefTip(commit: first, sequence: 1)
        #expect(try await look(at: ["refs/heads/main", "refs/tags/v*"], known: known).isEmpty)
        let second = try remote.commit("second", ["a": "2"])
        let moves = try await look(at: ["refs/heads/main", "refs/tags/v*"], known: known)
        guard case .moved(let change)? = moves.first, moves.count == 1 else {
            Issue.record("\(moves)")
            return
        }
        #expect(change.commit == second && change.commits.map(\.commit) == [second])
    }

    @Test func `a tag of a file that is to be delivered by its name is an error that names it`() async throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let error = await #expect(throws: GitError.self) {
            try await look(at: ["refs/heads/main", "refs/tags/v-key"])
        }
        #expect(error?.code == .wrongKind && error?.cause == "refs/tags/v-key is no commit, and leads to none")
    }
}
