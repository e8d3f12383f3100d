/// Host and path of a repository's URL, whatever its scheme.
struct RepoAddress {
    /// In lower case, without port.
    let host: String
    /// Without leading and trailing slashes and `.git`.
    let path: String
    /// Whether it is fetched over http or https.
    let isWeb: Bool
    /// The host with the port that a browser would need.
    let authority: String

    /// Reads `SCHEME://[USER@]HOST[:PORT]/PATH` and `[USER@]HOST:PATH`; nil for anything without a host.
    init?(_ url: String) {
        var rest = Substring(url)
        var scheme = "ssh"
        var end: Character = ":"
        if let separator = rest.range(of: "://") {
            scheme = rest[..<separator.lowerBound].lowercased()
            rest = rest[separator.upperBound...]
            end = "/"
        }
        guard scheme != "file", let slash = rest.firstIndex(of: end) else { return nil }
        var place = rest[..<slash]
        guard !place.contains("/") else { return nil }
        if let at = place.lastIndex(of: "@") { place = place[place.index(after: at)...] }
        let name = place.prefix { $0 != ":" }
        guard !name.isEmpty else { return nil }
        host = name.lowercased()
        isWeb = scheme == "https" || scheme == "http"
        authority = isWeb ? place.lowercased() : host
        var path = rest[rest.index(after: slash)...]
        while path.hasPrefix("/") { path = path.dropFirst() }
        while path.hasSuffix("/") { path = path.dropLast() }
        if path.hasSuffix(".git") { path = path.dropLast(4) }
        self.path = String(path)
    }
}
