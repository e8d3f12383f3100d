/// What can be told from a repository's URL without asking anybody.
///
/// URLs are taken apart by scalars, as whoever connects does: a slash with an accent on it is one letter, and a slash.
public enum RepoURL {
    /// The URL without scheme, user, trailing slashes and trailing `.git`: a name until the repo declares its own.
    public static func displayName(_ url: String) -> RepoName {
        var rest = url.unicodeScalars[...]
        if let scheme = rest.firstRange(of: "://".unicodeScalars) { rest = rest[scheme.upperBound...] }
        if let at = rest.firstIndex(of: "@"), !rest[..<at].contains("/") { rest = rest[rest.index(after: at)...] }
        while rest.count > 1, rest.last == "/" { rest = rest.dropLast() }
        if rest.reversed().starts(with: ".git".unicodeScalars.reversed()) { rest = rest.dropLast(4) }
        return RepoName(String(rest))
    }

    /// Whether a mark that takes URLs apart is part of a longer letter, so that who reads letters does not see it.
    public static func hidesMarks(_ url: String) -> Bool {
        // An accent at the very beginning would join the slash that is written before a host.
        ("/" + url).contains { letter in
            letter.unicodeScalars.count > 1
                && letter.unicodeScalars.contains { $0.isASCII && !$0.properties.isAlphabetic }
        }
    }
}

extension RepoURL {
    /// The URL as it may be shown: what may be a secret before the host's `@` is `***`.
    ///
    /// That is a password and, over http and https, also a name that may be a token; see ``isToken(userWith:)``.
    public static func withoutPassword(_ url: String) -> String {
        let scalars = url.unicodeScalars
        guard let scheme = scalars.firstRange(of: "://".unicodeScalars) else { return withoutPassword(short: url) }
        let rest = scalars[scheme.upperBound...]
        guard let at = rest.prefix(while: { $0 != "/" }).lastIndex(of: "@") else { return url }
        let colon = rest[..<at].firstIndex(of: ":")
        let password = colon.map { String(rest[rest.index(after: $0)..<at]) }
        let isWeb = ["http", "https"].contains(String(scalars[..<scheme.lowerBound]).lowercased())
        let afterColon = colon.map { rest.index(after: $0) }
        guard let shownEnd = isWeb && isToken(userWith: password) ? scheme.upperBound : afterColon else { return url }
        return String(scalars[..<shownEnd]) + "***" + String(rest[at...])
    }

    /// Whether the user beside a password may be a token: without a password, or with what GitHub writes in its place.
    static func isToken(userWith password: String?) -> Bool {
        guard let password, !password.isEmpty else { return true }
        return password == "x-oauth-basic"
    }

    /// The same for `user@host:path`.
    private static func withoutPassword(short url: String) -> String {
        let scalars = url.unicodeScalars
        guard let at = scalars.prefix(while: { $0 != "/" }).firstIndex(of: "@"),
            let colon = scalars[..<at].firstIndex(of: ":")
        else { return url }
        return String(scalars[...colon]) + "***" + String(scalars[at...])
    }
}
