import Git
import Model

/// Brings the tree of a Run into a slot: out of the mirror of a server on this machine, which is only read,
/// else out of a mirror of the runner's own, which is fetched to.
struct SourceCheckout {
    /// What to check out.
    let source: RunSpec.Source
    /// DIR/runner.
    let directory: String
    /// DIR/mirrors of a server on this machine; nil for none.
    let mirrors: String?
    /// The certificate authorities that https hosts are trusted by; nil for the system's.
    let authoritiesFile: String?
    /// For the Change's patch, and the repository's credentials.
    let connection: RunConnection
    /// Ends the tries.
    let stop: StopSignal

    /// How often a fetch that may succeed later is tried.
    private static let triesMax = 4

    /// Makes the slot hold exactly the Run's tree.
    func checkOut(into slot: CheckoutSlot) async throws {
        let worktree = Worktree(directory: slot.directory)
        try await check(out: worktree)
        try slot.linkSharedDirectory()
    }

    private func check(out worktree: Worktree) async throws(GitError) {
        if try await checkOutOfMirror(worktree) { return }
        var backoff = Backoff()
        for _ in 1..<Self.triesMax {
            do throws(GitError) {
                try await fetch(worktree)
                return
            } catch {
                guard error.isTransient, stop.reason == nil else { throw error }
            }
            try? await Task.sleep(for: backoff.next())
        }
        try await fetch(worktree)
    }

    /// Checks out without a fetch; false when the tree is of a patch, or the mirror is not there, not up to date or
    /// damaged, which is the server's to mend.
    private func checkOutOfMirror(_ worktree: Worktree) async throws(GitError) -> Bool {
        guard let mirrors else { return false }
        do throws(GitError) {
            try await worktree.checkOut(source.tree, from: "\(mirrors)/\(source.repo).git")
            return true
        } catch {
            guard Self.blamesMirror(error) else { throw error }
            return false
        }
    }

    /// Checks the commit out of the runner's own mirror, brought up to date first, and puts the Change's patch on top.
    private func fetch(_ worktree: Worktree) async throws(GitError) {
        let mirror = Mirror(
            directory: "\(directory)/\(source.repo)/mirror.git", url: try RemoteURL(source.url)
        ) { [self] url async throws(GitError) in try await access(to: url) }
        var patch: [UInt8]?
        if source.patch != nil {
            do throws(RunnerError) {
                patch = try await connection.patch(stop: stop)
            } catch {
                throw GitError(.failed, operation: "fetch patch of", subject: source.commit.hex, cause: error.cause)
            }
        }
        do throws(GitError) {
            try await worktree.checkOut(source.commit, patch: patch, from: mirror)
        } catch {
            guard Self.blamesMirror(error) else { throw error }
            try await mirror.repair(after: error, needing: [source.commit])
            try await worktree.checkOut(source.commit, patch: patch, from: mirror)
        }
    }

    /// The credentials that the server keeps for the repository; they stay in this process.
    private func access(to url: RemoteURL) async throws(GitError) -> RemoteAccess {
        guard url.transport != .local else { return RemoteAccess() }
        do throws(RunnerError) {
            return RemoteAccess(try await connection.credentials(stop: stop), authoritiesFile: authoritiesFile)
        } catch {
            throw GitError(
                .failed, operation: "read the credentials for", subject: url.description, cause: error.cause)
        }
    }

    private static func blamesMirror(_ error: GitError) -> Bool {
        [.missingObject, .repositoryNotFound, .corrupted, .unsupportedFormat].contains(error.code)
    }
}
