import Foundation

extension RemoteURL {
    /// An http or https URL without user, password and slashes at its end.
    var webAddress: String {
        guard let colons = text.range(of: "://") else { return text }
        let rest = text[colons.upperBound...]
        let authority = rest.prefix { $0 != "/" }
        let host = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority
        var path = rest[authority.endIndex...]
        while path.hasSuffix("/") { path = path.dropLast() }
        return text[..<colons.upperBound] + String(host) + path
    }

    /// Scheme, host and port as an http or https URL begins, without user and password.
    var webOrigin: String {
        guard let colons = webAddress.range(of: "://") else { return webAddress }
        return String(webAddress[..<colons.upperBound] + webAddress[colons.upperBound...].prefix { $0 != "/" })
    }

    /// Host and port of an ssh repository as a URL.
    var sshAddress: String {
        let host = self.host ?? ""
        return "ssh://\(host.contains(":") ? "[\(host)]" : host)\(port.map { ":\($0)" } ?? "")/"
    }

    /// Whether scheme, host and port are the same, which is how far credentials go.
    func isSameOrigin(as other: RemoteURL) -> Bool {
        transport == other.transport && host?.lowercased() == other.host?.lowercased()
            && (port ?? transport.standardPort) == (other.port ?? transport.standardPort)
    }

    /// The user that the URL names, and its password, their percent-encoding undone; nil for none.
    var userInfo: (user: String, password: String?)? {
        guard let colons = text.range(of: "://") else { return nil }
        let authority = text[colons.upperBound...].prefix { $0 != "/" }
        guard let at = authority.lastIndex(of: "@") else { return nil }
        let parts = authority[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard let user = parts.first else { return nil }
        return (Self.decoded(user), parts.count > 1 ? Self.decoded(parts[1]) : nil)
    }

    private static func decoded(_ text: Substring) -> String {
        text.removingPercentEncoding ?? String(text)
    }
}
