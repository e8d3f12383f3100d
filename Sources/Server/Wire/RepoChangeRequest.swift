import Model

/// Asks to change a watched repo.
public struct RepoChangeRequest: Codable, Sendable {
    /// The refs to deliver; empty means the branch that the remote's HEAD names.
    public let refs: [RefPattern]

    /// Makes a request.
    public init(refs: [RefPattern]) {
        self.refs = refs
    }
}
