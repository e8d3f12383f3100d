import CLibGit2
import Model

extension Objects {
    /// The signature of a commit; nil for one that is not signed.
    ///
    /// - Throws: `missingObject`, `corrupted`, `wrongKind` for a tag.
    public func signature(of id: CommitID) throws(GitError) -> CommitSignature? {
        try withObject(RawID(id.object, "read commit"), type: GIT_OBJECT_COMMIT, "read commit") { bytes in
            CommitSignature(commit: bytes)
        }
    }
}
