import Model

/// Asks to change a watched repo; what is nil stays as it is.
public struct RepoChangeRequest: Codable, Sendable {
    /// The refs to deliver; empty means the branch that the remote's HEAD names.
    public let refs: [RefPattern]?
    /// Which branches get an environment of their own; without refs none does.
    public let preview: PreviewRule?

    /// Makes a request.
    public init(refs: [RefPattern]? = nil, preview: PreviewRule? = nil) {
        self.refs = refs
        self.preview = preview
    }
}
