import Cryptography
import Foundation
import Git
import Model
import Server

/// The checkout in the current directory, as a Change to deliver.
struct LocalChange: Sendable {
    let client: APIClient
    /// What the command line says; nil means what the checkout says.
    let repo: String?
    let ref: String?
    let message: String?

    /// Reads the checkout: its commit, its branch, the repo that it is a clone of, and what is not committed.
    func request() async throws -> ChangeRequest {
        let checkout = Checkout(path: FileManager.default.currentDirectoryPath)
        let facts = try await reading { () async throws(GitError) in try await checkout.facts() }
        guard let ref = ref.map(RepoArgument.ref) ?? facts.branch else {
            throw CommandError(
                "no branch is checked out here", hint: "name the branch that this counts as with --ref",
                status: .usage)
        }
        let list: RepoList = try await client.get("/api/v1/repos")
        let repo = try repo ?? Self.watched(list.repos, facts).description
        let patch = try await reading { () async throws(GitError) in try await checkout.patch() }
        let commit = try await checkout.read { objects in try objects.commit(facts.head) }
        return ChangeRequest(
            repo: repo, ref: ref, commit: facts.head,
            message: message ?? commit.message.trimmingCharacters(in: .whitespacesAndNewlines),
            author: "\(commit.author.name) <\(commit.author.email)>", patch: patch.map { Base64.encode($0.text) },
            patchDescription: patch.map { message ?? $0.summary })
    }

    /// The watched repo that the checkout is a clone of, or that is the checkout itself.
    static func watched(_ repos: [Repo], _ facts: CheckoutFacts) throws -> RepoID {
        let preferred = facts.preferredRemote.flatMap { facts.remotes[$0] }
        let urls = [preferred].compactMap { $0 } + facts.remotes.values.sorted() + [facts.root]
        for url in urls {
            let name = RepoURL.displayName(url)
            if let repo = repos.first(where: { $0.url == url || RepoURL.displayName($0.url) == name }) {
                return repo.id
            }
        }
        throw CommandError(
            "no watched repository is one that this checkout is a clone of",
            hint: "name it with --repo; 'ocuroot repo list' shows what is watched")
    }

    private func reading<Value>(_ work: () async throws(GitError) -> Value) async throws -> Value {
        do throws(GitError) {
            return try await work()
        } catch {
            throw CommandError(
                "this checkout cannot be read: \(error)", hint: error.hint ?? "run the command inside a git checkout")
        }
    }
}
