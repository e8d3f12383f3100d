import Model

/// The calls that register a webhook of a repository, and take it away, by the rules that each host publishes.
///
/// Deliveries are JSON, the certificate of the address is checked, and pushes alone are told: of branches and tags,
/// their making and deletion included.
public enum HookCall {
    /// How many webhooks a page of the list has at most, as far as the host allows.
    static let pageItemsMax = 100
    private static let title = "Ocuroot"

    /// The call that lists a repository's webhooks, one page of them; nil for a host that has no such API.
    ///
    /// - Parameter page: counts from 1.
    public static func list(page: Int, at place: HostPlace, of host: GitHost) -> HostCall? {
        guard let base = base(place, host) else { return nil }
        // Gitea calls the size of a page otherwise than the two others.
        let size = "per_page=\(pageItemsMax)&limit=\(pageItemsMax)"
        return HostCall(method: "GET", url: "\(base)?page=\(page)&\(size)", headers: place.headers(of: host))
    }

    /// The call that makes a webhook; nil for a host that has no such API.
    public static func create(_ hook: HookSettings, at place: HostPlace, of host: GitHost) -> HostCall? {
        guard let base = base(place, host) else { return nil }
        return .post(base, place.headers(of: host), members(of: hook, host, isNew: true))
    }

    /// The call that gives a webhook that is there these settings; nil for a host that has no such API.
    public static func update(_ id: String, to hook: HookSettings, at place: HostPlace, of host: GitHost) -> HostCall? {
        guard let base = base(place, host) else { return nil }
        return .sending(
            host == .gitlab ? "PUT" : "PATCH", "\(base)/\(PercentEncoding.encode(id))", place.headers(of: host),
            members(of: hook, host, isNew: false))
    }

    /// The call that takes a webhook away; nil for a host that has no such API.
    public static func remove(_ id: String, at place: HostPlace, of host: GitHost) -> HostCall? {
        guard let base = base(place, host) else { return nil }
        return HostCall(
            method: "DELETE", url: "\(base)/\(PercentEncoding.encode(id))", headers: place.headers(of: host))
    }

    /// The webhooks in a page of the list; nil when the body is no such page.
    public static func hooks(in body: [UInt8]) -> [ListedHook]? {
        var hooks: [ListedHook] = []
        let isPage = AnswerWalk.elements(of: body) { walk throws(JSONWalk.Malformed) in
            var (id, own, settings): (Int64?, String?, String?) = (nil, nil, nil)
            try walk.object { key, walk throws(JSONWalk.Malformed) in
                switch key {
                case "id": id = try walk.integer()
                case "url": own = try walk.string()
                // GitHub and Gitea keep the address among the settings; what they call `url` is the webhook's own.
                case "config":
                    try walk.object { key, walk throws(JSONWalk.Malformed) in
                        if key == "url" { settings = try walk.string() }
                    }
                default: break
                }
            }
            if let id, let url = settings ?? own { hooks.append(ListedHook(id: String(id), url: url)) }
        }
        return isPage ? hooks : nil
    }

    /// Whether there may be another page behind one of the list.
    ///
    /// - Parameter link: the answer's `Link`, which says so; without it a page that is full does.
    public static func hasMore(after body: [UInt8], link: String?) -> Bool {
        if let link { return link.split(separator: ",").contains { $0.contains("rel=\"next\"") } }
        var count = 0
        return AnswerWalk.elements(of: body) { _ throws(JSONWalk.Malformed) in count += 1 } && count >= pageItemsMax
    }

    /// The id of the webhook that was made or changed; nil when the body names none.
    public static func id(in body: [UInt8]) -> String? { AnswerWalk.id(of: body) }

    private static func base(_ place: HostPlace, _ host: GitHost) -> String? {
        switch host {
        case .github, .gitea: "\(place.api)/repos/\(HostCall.path(place.project))/hooks"
        case .gitlab: "\(place.api)/projects/\(PercentEncoding.encode(place.project))/hooks"
        case .bitbucket, .bitbucketDataCenter, .azure, .generic: nil
        }
    }

    private static func members(of hook: HookSettings, _ host: GitHost, isNew: Bool) -> [String: JSONValue?] {
        let (url, secret) = (JSONValue.string(hook.url), JSONValue.string(hook.secret.text))
        switch host {
        case .gitlab: return gitlab(url, secret, isNew: isNew)
        case .gitea: return gitea(url, secret, isNew: isNew)
        default: return github(url, secret, isNew: isNew)
        }
    }

    /// See <https://docs.github.com/en/rest/repos/webhooks>.
    private static func github(_ url: JSONValue, _ secret: JSONValue, isNew: Bool) -> [String: JSONValue?] {
        [
            "name": isNew ? .string("web") : nil, "active": .bool(true),
            "events": .array([.string("push")]),
            "config": .object([
                "url": url, "content_type": .string("json"), "secret": secret, "insecure_ssl": .string("0"),
            ]),
        ]
    }

    /// See <https://docs.gitlab.com/api/project_webhooks/>.
    private static func gitlab(_ url: JSONValue, _ secret: JSONValue, isNew: Bool) -> [String: JSONValue?] {
        [
            "name": isNew ? .string(title) : nil, "url": url, "token": secret, "push_events": .bool(true),
            "push_events_branch_filter": .string(""), "tag_push_events": .bool(true),
            "enable_ssl_verification": .bool(true),
        ]
    }

    /// See <https://docs.gitea.com/api/1.24/#tag/repository/operation/repoCreateHook>.
    private static func gitea(_ url: JSONValue, _ secret: JSONValue, isNew: Bool) -> [String: JSONValue?] {
        var config: JSONObject = ["url": url, "content_type": .string("json"), "secret": secret]
        if isNew { config["http_method"] = .string("post") }
        return [
            "type": isNew ? .string("gitea") : nil, "active": .bool(true), "branch_filter": .string("*"),
            "events": .array(["push", "create", "delete"].map(JSONValue.string)), "config": .object(config),
        ]
    }
}
