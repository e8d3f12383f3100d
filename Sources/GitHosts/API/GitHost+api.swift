import Model

extension GitHost {
    /// The kinds of hosts at which a webhook can be registered over the API.
    public static let registering: [GitHost] = allCases.filter(\.registersWebhooks)

    /// Whether a webhook can be registered over its API.
    public var registersWebhooks: Bool { registeringRight != nil }

    /// What a token needs that is to register a webhook; nil where none can be.
    public var registeringRight: String? {
        switch self {
        case .github:
            "the right to administer the repository's webhooks: of a fine-grained token or a GitHub App the permission "
                + "Webhooks, read and write; of a classic token the scope admin:repo_hook"
        case .gitlab: "the scope api, and the role Maintainer in the project"
        case .gitea: "the scope write:repository, of somebody who administers the repository"
        case .bitbucket, .bitbucketDataCenter, .azure, .generic: nil
        }
    }
}

extension HostPlace {
    /// What each call to the host's API carries.
    func headers(of host: GitHost) -> [String: String] {
        switch host {
        case .gitlab: ["PRIVATE-TOKEN": token.text]
        case .gitea: ["Authorization": "token \(token.text)"]
        default:
            [
                "Authorization": "Bearer \(token.text)", "Accept": "application/vnd.github+json",
                "X-GitHub-Api-Version": "2022-11-28",
            ]
        }
    }

    /// What is wrong with the base of an API's URLs; nil when it can be one.
    public static func problem(withAPI url: String) -> String? {
        guard let colons = url.firstRange(of: "://"),
            ["http", "https"].contains(url[..<colons.lowerBound].lowercased())
        else { return "'api' must be an http or https URL" }
        guard !url.contains("@"), !url.contains("?"), !url.contains("#") else {
            return "'api' must be a URL without user, query and fragment"
        }
        return RemotePlace(url) == nil ? "'api' must be a URL with a host and a plain path" : nil
    }
}
