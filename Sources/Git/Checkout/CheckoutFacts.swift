import Model

/// What a user's checkout says about itself.
public struct CheckoutFacts: Hashable, Sendable {
    /// Its top directory.
    public let root: String
    /// The commit that is checked out.
    public let head: CommitID
    /// The branch that is checked out, as `refs/heads/…`; nil if HEAD is detached.
    public let branch: RefName?
    /// The configured remotes' URLs by name; they may hold passwords.
    public let remotes: [String: String]
    /// The remote that the branch follows, else `origin`, else the only one; nil if there is none of these.
    public let preferredRemote: String?
    /// Whether a file is changed, staged or new, `.ocuroot/` and ignored files aside.
    public let isDirty: Bool
}
