import Model

extension Mirror {
    /// One part in so many of the time may go into examinations because of one error.
    private static let examinationShare = 20
    private static let innocentMax = 100

    /// Brings what is missing, and the whole mirror anew if it is damaged.
    ///
    /// The caller holds the lock.
    func repair(_ error: GitError, _ commits: [CommitID], _ conversation: Conversation) throws(GitError) {
        if damage == nil {
            try bring(commits, because: error, conversation)
            damage = try damageBehind(error, to: commits, conversation)
        }
        guard let damage else { return }
        try rebuild(because: damage, keeping: commits, conversation)
    }

    /// Whether an error may be of the mirror's making: what a remote says of itself carries its URL.
    func isOurs(_ error: GitError) -> Bool {
        switch error.code {
        case .corrupted, .missingObject: true
        default: error.mayBeDamage && error.subject != url.description
        }
    }

    /// What is damaged, if anything; who asks again and again about one error is not examined for each time.
    ///
    /// An examination reads the whole mirror: of what comes of something else, such as a commit that git cannot parse,
    /// as little time goes into it as ``examinationShare`` says.
    func damageBehind(
        _ error: GitError, to commits: [CommitID], _ conversation: Conversation
    ) throws(GitError) -> GitError? {
        let start = ContinuousClock.now
        innocent = innocent.filter { $0.value > start }
        guard innocent[error] == nil else { return nil }
        let damage = try examined(commits, conversation)
        if damage == nil, innocent.count < Self.innocentMax {
            innocent[error] = .now + (.now - start) * Self.examinationShare
        }
        return damage
    }

    /// What is damaged; nil when refs and commits, and all that they lead to, can be read.
    func examined(_ commits: [CommitID], _ conversation: Conversation) throws(GitError) -> GitError? {
        // What is open remembers what it failed to read.
        objects = nil
        do throws(GitError) {
            objects = try directory.glance(trees: trees)
        } catch {
            guard error.mayBeDamage else { throw error }
            return error
        }
        var examination = MirrorExamination(try opened(), conversation.control)
        return try examination.damage(to: commits)
    }

    /// Fetches everything into a new repository beside, and puts it in the mirror's place once it is whole.
    ///
    /// The caller holds the lock.
    func rebuild(
        because damage: GitError, keeping commits: [CommitID], _ conversation: Conversation
    ) throws(GitError) {
        self.damage = damage
        if let pause = repairs.pause(at: .now) {
            throw damage.recast(
                .corrupted, operation: "read mirror \(path):", subject: damage.subject,
                hint: """
                    it was fetched anew \(repairs.count) times and was damaged again: does the disk fail, or does \
                    something else write there? The next try is in \(pause.components.seconds + 1) s
                    """)
        }
        do throws(GitError) {
            objects = try directory.begin()
            let report = try update(.branchesAndTags, isPartial: true, conversation)
            if report.changes.isEmpty, let failure = report.failures.values.first { throw failure }
            for commit in commits { try? downloadIfMissing(commit, conversation) }
            objects = nil
            try directory.activate()
            objects = try directory.open(trees: trees)
        } catch {
            objects = nil
            directory.discard()
            if !error.isOfRemote { repairs.note(at: .now) }
            throw error.inRepair(of: path, because: damage)
        }
        repairs.note(at: .now)
        self.damage = nil
    }

    /// Fetches commits that are not there; one that the remote does not give is left missing.
    private func bring(
        _ commits: [CommitID], because error: GitError, _ conversation: Conversation
    ) throws(GitError) {
        guard try lacks(commits) else { return }
        do throws(GitError) {
            _ = try update(.branchesAndTags, isPartial: true, conversation)
            for commit in commits { try downloadIfMissing(commit, conversation) }
        } catch let failure {
            // Who cannot list what a damaged mirror holds is answered by the examination.
            if isOurs(failure) || failure.code == .failed { return }
            throw failure.inRepair(of: path, because: error)
        }
    }

    private func lacks(_ commits: [CommitID]) throws(GitError) -> Bool {
        let objects = try opened()
        return commits.contains { !objects.contains($0.object) }
    }

    private func downloadIfMissing(_ commit: CommitID, _ conversation: Conversation) throws(GitError) {
        if try lacks([commit]) { try download(commit, conversation) }
    }
}

extension GitError {
    /// Whether it may come from a repository on disk that is missing, unreadable or damaged.
    ///
    /// Only an examination tells: a commit that was never pushed is missing as well.
    public var mayBeDamage: Bool {
        switch code {
        case .corrupted, .missingObject, .missingRef, .repositoryNotFound, .unsupportedFormat, .wrongKind, .failed:
            true
        case .fileSystem: !Self.machineTroubles.contains { cause.lowercased().contains($0) }
        default: false
        }
    }

    /// What passes, or what a new copy would suffer from just the same.
    private static let machineTroubles = ["too many open files", "no space left", "cannot allocate", "quota exceeded"]

    /// Whether the remote did not answer, which is cheap to try again.
    fileprivate var isOfRemote: Bool {
        switch code {
        case .unreachable, .timedOut, .cancelled, .authenticationFailed, .untrustedHost, .repositoryNotFound: true
        default: false
        }
    }

    /// The same error, told as one that keeps a mirror from being mended.
    fileprivate func inRepair(of path: String, because damage: GitError) -> GitError {
        GitError(
            code, operation: "mend mirror", subject: path,
            cause: "it was found damaged (cannot \(damage.operation) \(damage.subject): \(damage.cause)), and \(self)")
    }
}
