import Cryptography
import Hummingbird
import Model
import ObjectStore
import Store

extension Endpoints {
    /// How often a Change is recorded anew when the ref moved at the same moment.
    private static let attemptsMax = 5

    var changeRoutes: [Route] {
        [
            Route(
                .post, "/api/v1/changes", .person, bodyBytesMax: limits.patchBytesMax / 3 * 4 + Route.jsonBytesMax,
                timeout: .seconds(60), addChange),
            Route(.get, "/api/v1/changes/:id", .person, bodyBytesMax: 0, timeout: .seconds(90), showChange),
        ]
    }

    /// Records a commit, with a patch on top or without, as if it had been pushed.
    private func addChange(_ call: Call) async throws -> Response {
        let request = try call.json(ChangeRequest.self)
        try Self.check(request.ref, as: "ref")
        let repo = try await repo(request.repo)
        try await checkPushed(request.commit, to: repo)
        let patch = try await keepPatch(of: request)
        for _ in 0..<Self.attemptsMax {
            let isPreview = repo.role(of: request.ref) == .preview
            let (tip, others) = try await tips(around: request.ref, of: repo, isPreview: isPreview)
            let pushed = patch == nil ? try await commits(repo, request.commit, tip, others) : nil
            let new = NewChange(
                repo: repo.id, ref: request.ref, expected: tip, commit: request.commit, isForced: false,
                message: request.message ?? "", author: request.author ?? "", patch: patch, commits: pushed ?? [],
                ignoresSkip: true)
            let id = try await record(new, isPreview: isPreview)
            if let id, let change = try await store.change(id) { return try .json(change, status: .created) }
        }
        throw Problem(
            status: 409, code: "ref_moves", detail: "\(request.ref) of \(repo.displayName) kept moving meanwhile",
            hint: "try again")
    }

    /// Where a ref was delivered last, and the tips of the others whose history its commits do not bring: for a preview
    /// all, so that what is merged into it steers nothing there.
    private func tips(
        around ref: RefName, of repo: Repo, isPreview: Bool
    ) async throws -> (tip: CommitID?, others: [CommitID]) {
        let known = try await store.refTips(repo.id)
        guard isPreview else { return (known[ref]?.commit, []) }
        let previews = try await store.previewTips(repo.id).tips
        let others = known.merging(previews) { $1 }.filter { $0.key != ref }.sorted { $0.key < $1.key }
        return (previews[ref]?.commit, others.compactMap(\.value.commit))
    }

    /// Nil when the ref moved meanwhile, or has another role now.
    private func record(_ change: NewChange, isPreview: Bool) async throws -> ChangeID? {
        try await Problem.replacingConflicts {
            Problem(status: 409, code: "too_many_previews", detail: $0.sentence)
        } of: {
            try await store.transaction(as: "api") { tx throws(StoreError) in
                try await isPreview ? tx.recordPreviewChange(change) : tx.recordChange(change)
            }
        }
    }

    /// Refuses a commit that the server could never check out, before anything is recorded.
    private func checkPushed(_ commit: CommitID, to repo: Repo) async throws {
        let isThere: Bool
        do {
            isThere = try await Deadline.run(within: .seconds(40)) {
                try await commits(repo, commit, commit, []) != nil
            }
        } catch {
            throw Problem(
                status: 409, code: "remote_unreachable",
                detail: "the server cannot fetch \(commit.short) from \(repo.displayName): \(error)",
                hint: "nothing was recorded; try again when the server can read the repository")
        }
        guard !isThere else { return }
        throw Problem(
            status: 422, code: "commit_not_pushed",
            detail: "the server cannot fetch \(commit.short): \(repo.displayName) has it on no branch and no tag",
            hint: "push it first, then deliver again; nothing was recorded")
    }

    /// Keeps the patch under its digest, before anything speaks of it.
    private func keepPatch(of request: ChangeRequest) async throws -> ChangePatch? {
        guard let text = request.patch else { return nil }
        guard let bytes = Base64.decode(text, as: .padded), !bytes.isEmpty else {
            throw Problem.invalid("'patch' is not Base64")
        }
        guard bytes.count <= limits.patchBytesMax else { throw Problem.bodyTooLarge(bytesMax: limits.patchBytesMax) }
        let hash = try SHA256.digest(of: bytes).hex
        do {
            try await bucket.put(ObjectKey("patches/\(hash)"), .bytes(bytes))
        } catch {
            guard error.code == .outOfSpace else { throw error }
            throw Problem(
                status: 507, code: "object_store_full",
                detail: "the uncommitted changes were not kept and no Change was recorded: the object store has no "
                    + "space left (\(error.cause))",
                hint: "free space on the server's object store, then deliver again; or commit, push and deliver "
                    + "without a patch")
        }
        return ChangePatch(hash: hash, description: request.patchDescription ?? "uncommitted changes")
    }

    /// A Change with its Builds and Runs; with `wait`, once none of its builds is left to do.
    private func showChange(_ call: Call) async throws -> Response {
        let id: ChangeID = try call.id()
        let report = try await longPoll.run(for: try call.wait()) {
            $0.isBuilt
        } look: {
            try await changeReport(id)
        }
        return try .json(report)
    }

    private func changeReport(_ id: ChangeID) async throws -> ChangeReport {
        guard let change = try await store.change(id) else { throw Problem.notFound("change \(id)") }
        let runs = try await store.runs(RunFilter(change: id, limit: 1000))
        return ChangeReport(change: change, runs: runs, steering: try await store.steering(of: id))
    }
}
