import Model

extension GitHost {
    /// The page that lists a repository's webhooks, as far as its URL tells.
    public func webhooksPage(of repository: String) -> String? {
        guard let address = RepoAddress(repository) else { return nil }
        let base = "https://\(address.authority)/\(address.path)"
        switch self {
        case .github, .gitea: return base + "/settings/hooks"
        case .gitlab: return base + "/-/hooks"
        case .bitbucket: return base + "/admin/webhooks"
        case .bitbucketDataCenter, .azure, .generic: return nil
        }
    }

    /// The kind of host that a repository's URL shows; nil when it may be any.
    ///
    /// Goes by the well-known hosts, by what people call their own (`gitlab.example.com`), and by paths that only one
    /// kind has.
    public static func told(by url: String) -> GitHost? {
        guard let address = RepoAddress(url) else { return nil }
        let host = address.host
        func isBelow(_ names: String...) -> Bool { names.contains { host == $0 || host.hasSuffix("." + $0) } }
        if isBelow("github.com", "ghe.com") { return .github }
        if isBelow("gitlab.com") { return .gitlab }
        if isBelow("bitbucket.org") { return .bitbucket }
        if isBelow("dev.azure.com", "visualstudio.com") { return .azure }
        if isBelow("codeberg.org", "gitea.com") { return .gitea }
        let path = "/" + address.path
        if path.contains("/_git/") { return .azure }
        if path.hasPrefix("/scm/") { return .bitbucketDataCenter }
        switch host.prefix(while: { $0 != "." && $0 != "-" }) {
        case "github": return .github
        case "gitlab": return .gitlab
        case "bitbucket", "stash": return .bitbucketDataCenter
        case "gitea", "forgejo": return .gitea
        default: return nil
        }
    }
}
