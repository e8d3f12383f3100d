import Model

/// The refs of a repository at one moment.
public struct RemoteTips: Hashable, Sendable {
    /// Each ref's object: a commit for branches; for annotated tags the tag object.
    public let refs: [RefName: ObjectID]
    /// What annotated tags lead to, as far as the host tells.
    public let peeled: [RefName: ObjectID]
    /// The branch that HEAD names; nil if the repository is empty, HEAD is detached, or the host does not tell.
    public let head: RefName?

    /// Makes a value from its parts.
    public init(refs: [RefName: ObjectID], peeled: [RefName: ObjectID] = [:], head: RefName?) {
        self.refs = refs
        self.peeled = peeled
        self.head = head
    }

    /// Whether there is no ref at all: nothing has been pushed yet.
    public var isEmpty: Bool { refs.isEmpty }

    /// The commit that a branch or tag leads to; nil when there is no such ref.
    public func commit(of ref: RefName) -> CommitID? {
        (peeled[ref] ?? refs[ref]).map { CommitID($0) }
    }
}
