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
    /// The URL as it may be shown: a password between `:` and `@` is left out.
    public static func withoutPassword(_ url: String) -> String {
        guard let scheme = url.range(of: "://") else { return url }
        let rest = url[scheme.upperBound...]
        guard let at = rest.prefix(while: { $0 != "/" }).lastIndex(of: "@"),
            let colon = rest[..<at].firstIndex(of: ":")
        else { return url }
        return String(url[..<scheme.upperBound] + rest[..<colon] + rest[at...])
    }
}
