import Model

/// What a person enters where, so that a host tells of pushes.
///
/// With an access token ``HookCall`` tells the host the same ``url`` and ``secret`` over its API.
public struct WebhookInstructions: Sendable {
    /// By whose rules.
    public let host: GitHost
    /// Where the repository is fetched from.
    public let repository: String
    /// The webhook's address.
    public let url: String
    /// Its secret.
    public let secret: Secret

    /// Makes a value from its parts.
    public init(host: GitHost, repository: String, url: String, secret: Secret) {
        self.host = host
        self.repository = repository
        self.url = url
        self.secret = secret
    }

    /// The lines to print: where to go, then one for each field, then what else is to be known.
    public var lines: [String] {
        [place] + (host == .generic ? commands : fields.map { "  \(($0 + ":").padded(to: width)) \($1)" }) + remarks
    }

    /// The page on which it is entered, as far as the repository's URL tells.
    public var page: String? {
        host.webhooksPage(of: repository).map { host == .github ? $0 + "/new" : $0 }
    }

    private var width: Int { (fields.map(\.0.count).max() ?? 0) + 1 }

    private var place: String {
        let way =
            switch host {
            case .github: "On GitHub: the repository's Settings > Webhooks > Add webhook"
            case .gitlab: "On GitLab: the project's Settings > Webhooks > Add new webhook"
            case .gitea: "On Gitea or Forgejo: the repository's Settings > Webhooks > Add webhook > Gitea or Forgejo"
            case .bitbucket: "On Bitbucket: Repository settings > Webhooks > Add webhook"
            case .bitbucketDataCenter: "On Bitbucket Data Center: Repository settings > Webhooks > Create webhook"
            case .azure: "On Azure DevOps: Project settings > Service hooks > + > Web Hooks > Code pushed"
            case .generic: "In the bare repository: install hack/post-receive as hooks/post-receive, and set"
            }
        return way + (page.map { ", at \($0)" } ?? "")
    }

    private var fields: [(String, String)] {
        switch host {
        case .github:
            [
                ("Payload URL", url), ("Content type", "application/json"), ("Secret", secret.text),
                ("Events", "Just the push event"),
            ]
        case .gitlab:
            [
                ("URL", url), ("Secret token", secret.text),
                ("Trigger", "Push events (all branches), Tag push events"),
            ]
        case .gitea:
            [
                ("Target URL", url), ("HTTP method", "POST"), ("POST content type", "application/json"),
                ("Secret", secret.text), ("Trigger on", "Push events"),
            ]
        case .bitbucket:
            [("Title", "Ocuroot"), ("URL", url), ("Secret", secret.text), ("Triggers", "Repository push")]
        case .bitbucketDataCenter:
            [("Name", "Ocuroot"), ("URL", url), ("Secret", secret.text), ("Events", "Repository: Push")]
        case .azure:
            [
                ("Repository", "this one; branch and group: any"), ("URL", url),
                ("Basic authentication username", AzureRules.userName),
                ("Basic authentication password", secret.text), ("Resource details to send", "All"),
            ]
        case .generic: []
        }
    }

    private var commands: [String] {
        ["  git config ocuroot.url '\(url)'", "  git config ocuroot.secret '\(secret.text)'"]
    }

    private var remarks: [String] {
        let own: [String] =
            switch host {
            case .gitlab: ["The same text may be the signing token instead, where GitLab offers one."]
            case .generic: ["Anything else that can sign: see docs/webhooks.md."]
            default: []
            }
        return own + (UnreachableAddress(url, of: host, at: repository)?.note ?? [])
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
