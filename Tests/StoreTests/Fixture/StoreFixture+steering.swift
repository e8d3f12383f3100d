import Foundation
import Model
import Store

extension StoreFixture {
    /// A commit with these lines at its end.
    func commit(
        _ trailers: [String], by author: String = "Ann <ann@example.com>", id: CommitID? = nil,
        signing: CommitSigning? = nil
    ) -> ChangeCommit {
        ChangeCommit(
            commit: id ?? commit(), author: author, committedAt: Date(timeIntervalSince1970: 1_000),
            message: "Steer\n\nwhy\n",
            trailers: trailers.map { line in
                let parts = line.split(separator: ":", maxSplits: 1)
                return Trailer(
                    token: String(parts[0]), value: parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : ""
                )
            }, signing: signing)
    }

    /// Moves a ref to the last of these commits.
    @discardableResult
    func push(
        _ repo: RepoID, _ commits: [ChangeCommit], ref: RefName = "refs/heads/main"
    ) async throws -> Change {
        guard let tip = commits.last else { throw FixtureError("no commits") }
        let known = try await store.refTips(repo)[ref]?.commit
        let new = NewChange(
            repo: repo, ref: ref, expected: known, commit: tip.commit, isForced: false, message: tip.message,
            author: tip.author, patch: nil, commits: commits)
        let id = try await store.transaction(as: "source") { tx throws(StoreError) in try await tx.recordChange(new) }
        guard let id, let change = try await store.change(id) else { throw FixtureError("the change was not recorded") }
        return change
    }

    /// Moves main to a new commit with these lines at its end.
    @discardableResult
    func push(_ repo: RepoID, trailers: String...) async throws -> Change {
        try await push(repo, [commit(trailers)])
    }

    /// Steers as a command does.
    @discardableResult
    func steer(_ lines: String...) async throws -> [SteeringReport] {
        try await store.steer(commit(lines).trailers, by: "ann")
    }

    /// What status says of a package in an environment.
    func element(_ package: PackageName, _ environment: EnvironmentName = "prod") async throws -> StatusReport.Element {
        let report = try await store.status(StatusFilter(package: package.rawValue, environment: environment.rawValue))
        guard let element = report.packages.first else { throw FixtureError("no \(package)@\(environment)") }
        return element
    }

    /// A repo with api and web, without policies, in staging and prod: builds 1 to `count` of both succeeded.
    func steeredShop(builds count: Int = 2) async throws -> RepoID {
        let repo = try await addRepo()
        for _ in 0..<count {
            try await deliver(
                try await push(repo), environments: [.named("prod"), .named("staging")],
                packages: [
                    .named("api", functions: [.deploy, .destroy]), .named("web", functions: [.deploy, .destroy]),
                ])
        }
        return repo
    }

    /// The events of a kind, oldest first.
    func events(_ kind: String) async throws -> [Event] {
        try await store.events(after: nil, limit: 10_000).filter { $0.kind == kind }
    }
}
