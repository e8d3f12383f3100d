import CLibGit2
import Model

extension Mirror {
    /// How often what fails is tried again with fewer refs, in one fetch.
    private static let downloadsMax = 32

    /// Downloads a commit by its id.
    func download(_ commit: CommitID, _ conversation: Conversation) throws(GitError) {
        let objects = try opened()
        if let path = url.localPath { return try bring([commit.object], from: path, conversation) }
        let remote = try Remote(conversation, repository: objects.repository)
        _ = try conversation.control.within(limits.answerTimeout) { () throws(GitError) in
            try remote.list()
        }
        try conversation.control.within(limits.transferTimeout) { () throws(GitError) in
            try remote.download([commit.hex])
        }
        remote.disconnect()
    }

    /// Brings what the missing objects of refs lead to.
    ///
    /// - Parameters:
    ///   - remote: connected, its refs listed.
    ///   - isPartial: whether it is tried again with fewer refs when that fails.
    /// - Returns: why refs could not be had; none unless `isPartial`.
    func download(
        _ missing: [RefChange], _ selection: RefSelection, isPartial: Bool, over remote: borrowing Remote,
        _ conversation: Conversation
    ) throws(GitError) -> [RefName: GitError] {
        do throws(GitError) {
            try download(missing, selection, over: remote, conversation)
            return [:]
        } catch {
            guard isPartial, isOfOneRef(error, conversation) else { throw error }
            return try downloadApart(missing, because: error, conversation)
        }
    }

    /// Brings what can be had after all of it together could not: halves what fails until single refs are left.
    private func downloadApart(
        _ missing: [RefChange], because first: GitError, _ conversation: Conversation
    ) throws(GitError) -> [RefName: GitError] {
        var failures = Dictionary(uniqueKeysWithValues: missing.map { ($0.ref, first) })
        // In any order, so that with many that fail each is tried at some time.
        var pending = missing.shuffled().halves
        for _ in 0..<Self.downloadsMax {
            guard let group = pending.popLast() else { break }
            // What a failure leaves in a conversation must not fail the next one.
            let own = Conversation(url: url, access: conversation.access, control: conversation.control)
            let remote = try Remote(own, repository: opened().repository)
            if url.localPath == nil {
                _ = try own.control.within(limits.answerTimeout) { () throws(GitError) in try remote.list() }
            }
            do throws(GitError) {
                try download(group, RefSelection(refs: group.map(\.ref)), over: remote, own)
                for change in group { failures[change.ref] = nil }
            } catch {
                guard isOfOneRef(error, own) else { throw error }
                for change in group { failures[change.ref] = error }
                pending += group.halves
            }
        }
        return failures
    }

    private func isOfOneRef(_ error: GitError, _ conversation: Conversation) -> Bool {
        error.mayBeOfOneRef && conversation.control.stopReason == nil
    }

    private func download(
        _ missing: [RefChange], _ selection: RefSelection, over remote: borrowing Remote, _ conversation: Conversation
    ) throws(GitError) {
        try conversation.control.within(limits.transferTimeout) { () throws(GitError) in
            if let path = url.localPath {
                try bring(missing.compactMap(\.new), from: path, conversation)
            } else {
                try remote.download(selection.refspecs(for: missing.map(\.ref)))
            }
        }
        let objects = try opened()
        guard let absent = missing.first(where: { $0.new.map { !objects.contains($0) } ?? false }) else { return }
        throw GitError(
            .failed, operation: "fetch \(absent.ref) from", subject: url.description,
            cause: "the remote did not send \(absent.new?.hex ?? "it")")
    }

    /// Brings objects, and all that they lead to, from a repository on this machine.
    private func bring(_ wanted: [ObjectID], from path: String, _ conversation: Conversation) throws(GitError) {
        let objects = try opened()
        // A copy of all files would bring what is damaged there, too.
        if damage == nil, try LocalSeed(target: objects, conversation: conversation).copy(from: path) { return }
        let ids = try wanted.map { id throws(GitError) in try RawID(id, "fetch") }
        do throws(GitError) {
            var transfer = try LocalTransfer(of: ids, from: path, to: objects, conversation)
            try transfer.run()
        } catch  where error.code == .missingObject || error.code == .corrupted {
            // It is the remote that is damaged, which must not look like damage to the mirror.
            throw error.recast(.failed, operation: "fetch", subject: url.description, hint: "run in it: git fsck")
        }
    }
}

extension [RefChange] {
    /// Both halves of several; nothing of a single one, which has been tried.
    fileprivate var halves: [[RefChange]] {
        count > 1 ? [Array(prefix(count / 2)), Array(dropFirst(count / 2))] : []
    }
}
