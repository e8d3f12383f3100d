/// What can be told from a repository's URL without asking anybody.
public enum RepoURL {
    /// The URL without scheme, user, trailing slashes and trailing `.git`: a name until the repo declares its own.
    public static func displayName(_ url: String) -> RepoName {
        var rest = Substring(url)
        if let scheme = rest.range(of: "://") { rest = rest[scheme.upperBound...] }
        if let at = rest.firstIndex(of: "@"), !rest[..<at].contains("/") { rest = rest[rest.index(after: at)...] }
        while rest.count > 1, rest.hasSuffix("/") { rest = rest.dropLast() }
        if rest.hasSuffix(".git") { rest = rest.dropLast(4) }
        return RepoName(String(rest))
    }
}

extension RepoURL {
    /// The URL as it may be shown: what may be a secret before the host's `@` is `***`.
    ///
    /// That is a password and, over http and https, also a name that may be a token; see ``isToken(userWith:)``.
    public static func withoutPassword(_ url: String) -> String {
        guard let scheme = url.range(of: "://") else { return withoutPassword(short: url) }
        let rest = url[scheme.upperBound...]
        guard let at = rest.prefix(while: { $0 != "/" }).lastIndex(of: "@") else { return url }
        let colon = rest[..<at].firstIndex(of: ":")
        let password = colon.map { rest[rest.index(after: $0)..<at] }
        if ["http", "https"].contains(url[..<scheme.lowerBound].lowercased()), isToken(userWith: password) {
            return url[..<scheme.upperBound] + "***" + rest[at...]
        }
        return colon.map { url[..<$0] + ":***" + rest[at...] } ?? url
    }

    /// Whether the user beside a password may be a token: without a password, or with what GitHub writes in its place.
    static func isToken(userWith password: (some StringProtocol)?) -> Bool {
        guard let password, !password.isEmpty else { return true }
        return password == "x-oauth-basic"
    }

    /// The same for `user@host:path`.
    private static func withoutPassword(short url: String) -> String {
        guard let at = url.prefix(while: { $0 != "/" }).firstIndex(of: "@"),
            let colon = url[..<at].firstIndex(of: ":")
        else { return url }
        return url[..<colon] + ":***" + url[at...]
    }
}
