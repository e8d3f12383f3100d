import CLibGit2
import Model

extension Checkout {
    /// What the user is in the middle of, such as `a merge`; nil when nothing is begun.
    ///
    /// - Throws: `repositoryNotFound`, `ownership`.
    public func operation() throws(GitError) -> String? {
        let state = git_repository_state(try opened().repository)
        return switch UInt32(bitPattern: state) {
        case GIT_REPOSITORY_STATE_NONE.rawValue: nil
        case GIT_REPOSITORY_STATE_MERGE.rawValue: "a merge"
        case GIT_REPOSITORY_STATE_REVERT.rawValue, GIT_REPOSITORY_STATE_REVERT_SEQUENCE.rawValue: "a revert"
        case GIT_REPOSITORY_STATE_CHERRYPICK.rawValue, GIT_REPOSITORY_STATE_CHERRYPICK_SEQUENCE.rawValue:
            "a cherry-pick"
        case GIT_REPOSITORY_STATE_BISECT.rawValue: "a bisect"
        case GIT_REPOSITORY_STATE_APPLY_MAILBOX.rawValue, GIT_REPOSITORY_STATE_APPLY_MAILBOX_OR_REBASE.rawValue:
            "applying patches"
        default: "a rebase"
        }
    }
}
