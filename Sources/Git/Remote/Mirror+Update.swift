import CLibGit2
import Model

extension Mirror {
    /// The same as ``update(_:isPartial:_:)``, and once more when what kept it from success is damage to the mirror.
    func fetch(
        _ selection: RefSelection, isPartial: Bool, _ conversation: Conversation
    ) throws(GitError) -> FetchReport {
        let result: Result<FetchReport, GitError>
        do throws(GitError) {
            result = .success(try update(selection, isPartial: isPartial, conversation))
        } catch {
            result = .failure(error)
        }
        let errors =
            switch result {
            case .success(let report): report.failures.values.filter(isOurs)
            case .failure(let error): [error].filter(isOurs)
            }
        guard let error = errors.first, let damage = try damageBehind(error, to: [], conversation) else {
            return try result.get()
        }
        try rebuild(because: damage, keeping: [], conversation)
        return try update(selection, isPartial: isPartial, conversation)
    }

    /// Lists the remote's refs and, if a selected one moved, downloads what is missing and moves ours.
    ///
    /// - Parameter isPartial: whether refs that cannot be had are reported, and left as they are.
    func update(
        _ selection: RefSelection, isPartial: Bool = false, _ conversation: Conversation
    ) throws(GitError) -> FetchReport {
        let objects = try opened()
        let remote = try Remote(conversation, repository: objects.repository)
        let tips = try conversation.control.within(limits.answerTimeout) { () throws(GitError) in
            try remote.list()
        }
        let refs = LocalRefs(objects: objects)
        // A ref whose object is gone, as with a lost pack, is to be fetched as if it were new.
        let local = try refs.all().filter { objects.contains($0.value) || tips.refs[$0.key] == nil }
        let changes = Self.changes(from: local, to: tips, selection)
        guard !changes.isEmpty else {
            remote.disconnect()
            try refs.setHead(tips.head)
            consolidate(packsMax: PackConsolidation.packsMaxIdle, conversation)
            return FetchReport(tips: tips, changes: [], packByteCount: 0)
        }
        let missing = changes.filter { change in change.new.map { !objects.contains($0) } ?? false }
        var failures: [RefName: GitError] = [:]
        if !missing.isEmpty {
            failures = try download(missing, selection, isPartial: isPartial, over: remote, conversation)
        }
        remote.disconnect()
        let done = changes.filter { failures[$0.ref] == nil }
        try refs.apply(done)
        try refs.setHead(tips.head)
        let report = FetchReport(
            tips: tips, changes: done, packByteCount: conversation.packByteCount, failures: failures)
        hasNewPacks = true
        consolidate(packsMax: PackConsolidation.packsMax, conversation)
        return report
    }

    /// Joins packs if there are new ones, preferably when no push waits to be seen.
    private func consolidate(packsMax: Int, _ conversation: Conversation) {
        guard hasNewPacks, let objects = try? opened() else { return }
        // Many packs make reading slow, not wrong: a failure here is no failure of the fetch.
        try? PackConsolidation(objects: objects, conversation: conversation).run(packsMax: packsMax)
        if packsMax == PackConsolidation.packsMaxIdle { hasNewPacks = false }
    }

    /// What has to change so that the selected refs are those of the remote, sorted by name.
    ///
    /// Names that git would refuse locally are left out. What is gone from the remote goes here, too, also if it is not
    /// selected, where it is in the way: there is no `a/b` beside an `a`.
    static func changes(
        from local: [RefName: ObjectID], to tips: RemoteTips, _ selection: RefSelection
    ) -> [RefChange] {
        var changes: [RefChange] = []
        for (ref, id) in tips.refs where selection.contains(ref) && local[ref] != id {
            guard (try? RefNames.check(ref, "mirror ref")) != nil else { continue }
            changes.append(RefChange(ref: ref, old: local[ref], new: id))
        }
        let names = Set(changes.map(\.ref))
        let directories = Set(names.flatMap(\.directories))
        func isInTheWay(_ ref: RefName) -> Bool {
            directories.contains(ref) || ref.directories.contains(where: names.contains)
        }
        for (ref, id) in local where tips.refs[ref] == nil && (selection.contains(ref) || isInTheWay(ref)) {
            changes.append(RefChange(ref: ref, old: id, new: nil))
        }
        return changes.sorted { $0.ref < $1.ref }
    }
}

extension RefName {
    /// `refs`, `refs/heads` and `refs/heads/a` of `refs/heads/a/b`.
    fileprivate var directories: [RefName] {
        rawValue.indices.filter { rawValue[$0] == "/" }.map { RefName(String(rawValue[..<$0])) }
    }
}

extension RefSelection {
    /// Above this many refs the whole name spaces are asked for, as libgit2 compares each ref with each refspec.
    private static let namedRefsMax = 64

    /// What to ask a remote for in order to get these refs.
    func refspecs(for refs: [RefName]) -> [String] {
        guard refs.count > Self.namedRefsMax, self == .branchesAndTags else { return refs.map(\.rawValue) }
        return ["refs/heads/*:refs/heads/*", "refs/tags/*:refs/tags/*"]
    }
}
