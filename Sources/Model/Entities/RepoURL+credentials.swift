extension RepoURL {
    /// An http or https URL apart from the user and password that it holds; nil when it holds none.
    ///
    /// A user without a password may be a token, and is the credential's user then, with an empty secret.
    public static func splitCredentials(_ url: String) -> (url: String, credential: CredentialForm)? {
        let scalars = url.unicodeScalars
        guard let colons = scalars.firstRange(of: "://".unicodeScalars),
            ["http", "https"].contains(String(scalars[..<colons.lowerBound]).lowercased())
        else { return nil }
        let rest = scalars[colons.upperBound...]
        let authority = rest.prefix { $0 != "/" }
        guard let at = authority.lastIndex(of: "@") else { return nil }
        let clean = String(scalars[..<colons.upperBound]) + String(rest[rest.index(after: at)...])
        let parts = authority[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            .map { PercentEncoding.decode(String($0)) }
        guard let user = parts[0], !user.isEmpty else { return (clean, CredentialForm(.password)) }
        let secret = parts.count > 1 ? parts[1] : ""
        return (clean, CredentialForm(.password, user: user, secret: secret))
    }
}
