import Foundation
import Git
import Model

/// Makes the empty commit that says what a command would do at once.
///
/// It is made by the user's own git, with the name, the hooks and the signature that every other commit of theirs has.
struct AnnotationCommit: Sendable {
    /// Any directory inside the checkout.
    let directory: String
    /// The first line, and why, if that was said.
    let subject: String
    let body: String
    /// What steers.
    let trailers: [Trailer]

    /// A commit that was made.
    struct Made: Sendable, Encodable {
        /// Its id.
        let commit: CommitID
        /// The branch that it is on.
        let branch: RefName
        /// Its trailers, each in a line.
        let trailers: [String]
        /// What pushes it.
        let push: String
        /// Whether the user's git signed it.
        let isSigned: Bool

        private enum CodingKeys: CodingKey { case commit, branch, trailers, push }
    }

    /// The whole message.
    var message: String {
        ([subject, body].filter { !$0.isEmpty } + [trailers.map(\.line).joined(separator: "\n")])
            .joined(separator: "\n\n") + "\n"
    }

    /// Commits on the branch that is checked out; what is staged stays staged.
    func make() async throws -> Made {
        let facts = try await facts()
        guard let branch = facts.branch else {
            throw CommandError("no branch is checked out here", hint: "check out the branch that is delivered")
        }
        if let operation = try await reading({ checkout throws(GitError) in try await checkout.operation() }) {
            throw CommandError(
                "this checkout is in the middle of \(operation)", hint: "finish or abort that, then commit")
        }
        let status = try await git(["commit", "--quiet", "--allow-empty", "--only", "--message", message])
        guard status == 0 else {
            throw CommandError(
                "git did not make the commit (exit code \(status))",
                hint: "it says why above; without --commit the same is done at once")
        }
        let name = branch.rawValue.replacing("refs/heads/", with: "")
        let commit = try await self.facts().head
        return Made(
            commit: commit, branch: branch, trailers: trailers.map(\.line),
            push: "git push \(facts.preferredRemote ?? "REMOTE") \(name)", isSigned: await isSigned(commit))
    }

    /// Whether a commit is signed; one that cannot be read is taken for one that is.
    private func isSigned(_ commit: CommitID) async -> Bool {
        let signature = try? await Checkout(path: directory).read { objects in try objects.signature(of: commit) != nil
        }
        return signature ?? true
    }

    private func facts() async throws -> CheckoutFacts {
        try await reading { checkout throws(GitError) in try await checkout.facts() }
    }

    private func reading<Value: Sendable>(
        _ work: (Checkout) async throws(GitError) -> Value
    ) async throws -> Value {
        do throws(GitError) {
            return try await work(Checkout(path: directory))
        } catch {
            throw CommandError(
                "this checkout cannot be read: \(error)", hint: error.hint ?? "run the command inside a git checkout")
        }
    }

    /// Runs git on the user's terminal, which a hook or a signature may ask something on.
    private func git(_ arguments: [String]) async throws -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["git"] + arguments
        process.currentDirectoryURL = URL(fileURLWithPath: directory)
        process.standardOutput = FileHandle.standardError
        let (ended, end) = AsyncStream<Void>.makeStream()
        process.terminationHandler = { _ in end.finish() }
        do {
            try process.run()
        } catch {
            throw CommandError("git cannot be started: \(error.localizedDescription)", hint: "install git")
        }
        for await _ in ended {}
        process.waitUntilExit()
        return process.terminationStatus
    }
}

extension Trailer {
    /// The line of a message.
    var line: String { "\(token): \(value)" }
}
