import Model

/// Where a git host's API is reached for one repository, and as whom.
public struct HostPlace: Sendable {
    /// The base of the API's URLs, without a slash at the end.
    public var api: String
    /// What the host calls the repository, such as `acme/shop`.
    public var project: String
    /// Sent with every call.
    public var token: Secret
    /// The URL of the proxy through which it is reached; nil for none.
    public var proxy: Secret?

    /// Makes a value from its parts.
    public init(api: String, project: String, token: Secret, proxy: Secret? = nil) {
        self.api = api
        self.project = project
        self.token = token
        self.proxy = proxy
    }

    /// The base of a host's API, told from a repository's URL; nil where the URL names no server.
    ///
    /// Always https, whatever the repository is fetched over: the token goes along.
    public static func api(of host: GitHost, repository url: String) -> String? {
        guard let address = RepoAddress(url) else { return nil }
        let base = "https://\(address.authority)"
        switch host {
        case .github:
            if address.host == "github.com" || address.host == "ssh.github.com" { return "https://api.github.com" }
            return address.host.hasSuffix(".ghe.com") ? "https://api.\(address.host)" : base + "/api/v3"
        case .gitlab: return base + "/api/v4"
        case .gitea: return base + "/api/v1"
        case .bitbucket: return "https://api.bitbucket.org/2.0"
        case .bitbucketDataCenter: return base + "/rest"
        case .azure, .generic: return nil
        }
    }

    /// What a host calls a repository, told from its URL; nil where the URL does not have that form.
    public static func project(of host: GitHost, repository url: String) -> String? {
        guard let address = RepoAddress(url) else { return nil }
        let path =
            host == .bitbucketDataCenter && address.path.hasPrefix("scm/")
            ? address.path.dropFirst(4) : address.path[...]
        let parts = path.split(separator: "/")
        let isWhole = host == .gitlab ? parts.count >= 2 : parts.count == 2
        return isWhole ? parts.joined(separator: "/") : nil
    }

    private static let projectBytesMax = 1024

    /// A name of a repository that a person gives; nil when no repository of the host is called so.
    ///
    /// GitLab knows a project by its number, too.
    static func project(_ given: String, of host: GitHost) -> String? {
        let parts = given.split(separator: "/")
        let isWhole = host == .gitlab ? parts.count >= 2 || UInt64(given) != nil : parts.count == 2
        guard isWhole, given.utf8.count <= projectBytesMax, !parts.contains("."), !parts.contains(".."),
            !given.unicodeScalars.contains(where: { $0.properties.isWhitespace || $0.value < 0x20 || $0.value == 0x7F })
        else { return nil }
        return parts.joined(separator: "/")
    }
}
