import CLibGit2
import Model

/// The refs of a mirror.
struct LocalRefs {
    let objects: Objects

    /// All direct refs under `refs/`.
    func all() throws(GitError) -> [RefName: ObjectID] {
        let iterator = try Handle(git_reference_iterator_free, "list refs of", objects.path) {
            git_reference_iterator_new(&$0, objects.repository)
        }
        var refs: [RefName: ObjectID] = [:]
        while true {
            var next: OpaquePointer?
            let code = git_reference_next(&next, iterator.pointer)
            if code == GIT_ITEROVER.rawValue { return refs }
            try check(code, "list refs of", objects.path)
            defer { git_reference_free(next) }
            if let name = git_reference_name(next), let id = git_reference_target(next) {
                refs[RefName(String(cString: name))] = RawID(id.pointee).object
            }
        }
    }

    /// Moves refs, deletions first, because a deleted `a` makes room for a new `a/b`.
    func apply(_ changes: [RefChange]) throws(GitError) {
        for change in changes where change.new == nil {
            let name = change.ref.rawValue
            try check(git_reference_remove(objects.repository, name), "delete ref", name)
        }
        for change in changes {
            guard let new = change.new else { continue }
            let name = change.ref.rawValue
            guard objects.contains(new) else {
                throw GitError(
                    .failed, operation: "move ref", subject: name, cause: "the remote did not send \(new.hex)")
            }
            var id = try RawID(new, "move ref").library
            var made: OpaquePointer?
            try check(git_reference_create(&made, objects.repository, name, &id, 1, nil), "move ref", name)
            git_reference_free(made)
        }
    }

    /// Lets the mirror's HEAD name the remote's default branch.
    func setHead(_ branch: RefName?) throws(GitError) {
        guard let branch, (try? RefNames.check(branch, "set HEAD")) != nil else { return }
        var head: OpaquePointer?
        if git_reference_lookup(&head, objects.repository, "HEAD") == 0 {
            defer { git_reference_free(head) }
            if let target = git_reference_symbolic_target(head), String(cString: target) == branch.rawValue { return }
        }
        var made: OpaquePointer?
        let code = git_reference_symbolic_create(&made, objects.repository, "HEAD", branch.rawValue, 1, nil)
        try check(code, "set HEAD of", objects.path)
        git_reference_free(made)
    }
}
