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
