/// Shows a repository's URL without what must not be shown.
enum RepoURLText {
    /// The URL with the password, if it has one, replaced by `***`.
    static func withoutPassword(_ url: String) -> String {
        guard let scheme = url.range(of: "://") else { return url }
        let rest = url[scheme.upperBound...]
        let authority = rest.prefix { $0 != "/" }
        guard let at = authority.lastIndex(of: "@"), let colon = authority[..<at].firstIndex(of: ":") else {
            return url
        }
        return "\(url[..<scheme.upperBound])\(authority[..<colon]):***\(rest[at...])"
    }
}
