import Model

/// The refs of a repository at one moment.
public struct RemoteTips: Hashable, Sendable {
    /// Each ref's object: a commit for branches; for annotated tags the tag object.
    public let refs: [RefName: ObjectID]
    /// The branch that HEAD names; nil if the repository is empty, HEAD is detached, or the host does not tell.
    public let head: RefName?

    /// Makes a value from its parts.
    public init(refs: [RefName: ObjectID], head: RefName?) {
        self.refs = refs
        self.head = head
    }

    /// Whether there is no ref at all: nothing has been pushed yet.
    public var isEmpty: Bool { refs.isEmpty }

    /// The commit of a branch.
    public func commit(of branch: RefName) -> CommitID? {
        refs[branch].map { CommitID($0) }
    }
}
