import CLibGit2
import Model

/// Copies a commit that no ref leads to from a repository on this machine.
///
/// libgit2's transport for local paths sends what refs lead to, and nothing else.
struct LocalCopy {
    let objects: Objects
    let source: String

    /// Writes a pack with all that the commit needs and the mirror's refs do not lead to.
    ///
    /// - Throws: `missingObject` if the source does not have the commit, `fileSystem`.
    func copy(_ commit: CommitID) throws(GitError) {
        let from = try Handle(git_repository_free, "open repository", source) { git_repository_open(&$0, source) }
        let walk = try Handle(git_revwalk_free, "walk history", commit.hex) { git_revwalk_new(&$0, from.pointer) }
        var id = try RawID(commit.object, "fetch commit").library
        try check(git_revwalk_push(walk.pointer, &id), "fetch commit", commit.hex)
        for tip in try LocalRefs(objects: objects).all().values {
            var known = try RawID(tip, "fetch commit").library
            // A tip that the source does not have, or that is no commit, hides nothing.
            _ = git_revwalk_hide(walk.pointer, &known)
        }
        let pack = try Handle(git_packbuilder_free, "fetch commit", commit.hex) {
            git_packbuilder_new(&$0, from.pointer)
        }
        try check(git_packbuilder_insert_walk(pack.pointer, walk.pointer), "fetch commit", commit.hex)
        let directory = objects.path + "/objects/pack"
        try check(git_packbuilder_write(pack.pointer, directory, 0, nil, nil), "fetch commit", commit.hex)
    }
}
