import Model

/// Reads a repository's URL: what it is judged by is what whoever connects would take for the host, and what is shown has
/// no password.
enum URLTarget {
    static func run(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        _ = RepoURL.displayName(text)
        let shown = RepoURL.withoutPassword(text)
        Finding.unless(RepoURL.withoutPassword(shown) == shown, "shown again it is something else: \(shown)")
        let place = RemotePlace(text)
        if let place {
            Finding.unless(RemotePlace(place.description) == place, "'\(place)' is another place")
        }
        guard let url = try? RemoteURL(text) else { return }
        Finding.unless(url.transport == .local || !(url.host ?? "").isEmpty, "no host")
        Finding.unless((url.localPath == nil) == (url.transport != .local), "a path, or none, without reason")
        _ = url.sshAddress
        guard url.transport != .local else { return }
        Finding.unless(url.host == host(in: Array(text.utf8)), "'\(url.host ?? "")' is not the host of '\(text)'")
        if let place {
            let bare = RemotePlace(url.transport == .ssh ? url.sshAddress : url.webOrigin + "/")
            Finding.unless(bare?.origin == place.origin, "'\(place)' is another place than '\(text)'")
        }
        checkUser(url)
    }

    private static func checkUser(_ url: RemoteURL) {
        let shown = try? RemoteURL(url.description)
        Finding.unless(shown?.isSameOrigin(as: url) == true, "'\(url)' is shown as another host")
        if let password = shown?.userInfo?.password {
            Finding.unless(password.isEmpty || password == "***", "a password is shown: \(url)")
        }
        guard url.transport == .http || url.transport == .https else { return }
        let web = try? RemoteURL(url.webAddress + "/")
        Finding.unless(web?.isSameOrigin(as: url) == true && web?.userInfo == nil, "'\(url.webAddress)' is elsewhere")
        guard let (clean, _) = RepoURL.splitCredentials(url.text) else {
            return Finding.unless(url.userInfo == nil, "a user is not taken out of '\(url.text)'")
        }
        let bare = try? RemoteURL(clean)
        Finding.unless(bare?.isSameOrigin(as: url) == true && bare?.userInfo == nil, "'\(clean)' is elsewhere")
    }

    /// The host by bytes, as RFC 3986 takes a URL apart: behind `://` until what ends an authority, or before the first
    /// colon.
    private static func host(in bytes: [UInt8]) -> String? {
        var rest = bytes[...]
        if let scheme = bytes.firstRange(of: Array("://".utf8)) {
            rest = rest[scheme.upperBound...].prefix { !"/?#\\".utf8.contains($0) }
        } else {
            rest = rest.prefix { $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: "/") }
        }
        if let at = rest.lastIndex(of: UInt8(ascii: "@")) { rest = rest[(at + 1)...] }
        if rest.first == UInt8(ascii: "[") {
            rest = rest.dropFirst().prefix { $0 != UInt8(ascii: "]") }
        } else if bytes.firstRange(of: Array("://".utf8)) != nil {
            rest = rest.prefix { $0 != UInt8(ascii: ":") }
        }
        return String(validating: rest, as: UTF8.self)
    }
}
