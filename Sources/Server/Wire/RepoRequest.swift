import Model

/// The body of `POST /api/v1/repos`.
public struct RepoRequest: Sendable, Codable {
    /// Where the repo is fetched from.
    public var url: String
    /// The refs to deliver; nil or empty means the branch that the remote's HEAD names.
    public var refs: [RefPattern]?
    /// Which branches get an environment of their own; nil for none.
    public var preview: PreviewRule?
    /// Whether to add it without asking the remote first.
    public var force: Bool?
    /// What hosts it; nil: what its URL shows, else `generic`.
    public var host: GitHost?
    /// Whether, and as whom, the webhook is registered at the host; nil: a person enters it.
    public var register: RegistrationRequest?

    /// Makes a value from its parts.
    public init(
        url: String, refs: [RefPattern]? = nil, preview: PreviewRule? = nil, force: Bool? = nil, host: GitHost? = nil,
        register: RegistrationRequest? = nil
    ) {
        self.url = url
        self.refs = refs
        self.preview = preview
        self.force = force
        self.host = host
        self.register = register
    }
}
