/// Where a repository or a group of them is, in one form however its URL is written: what credentials are matched by.
///
/// Scheme, host and port are compared as a whole, the path by whole parts, so that nothing that only looks alike
/// matches. Files of this machine have no place.
public struct RemotePlace: Hashable, Sendable {
    /// `http`, `https` or `ssh`.
    public let scheme: String
    /// The host in lower case, without the brackets of an IPv6 address.
    public let host: String
    /// The port, also one that the URL leaves to its scheme.
    public let port: Int
    /// The parts of the path, their percent-encoding undone.
    public let path: [String]

    private static let standardPorts = ["http": 80, "https": 443, "ssh": 22]
    private static let bytesMax = 2048

    /// Whether the host is the machine that asks, so that no other reaches it there.
    public var isLoopback: Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        let isIPv4 = parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
        return host == "localhost" || host.hasSuffix(".localhost") || host == "::1" || host.hasPrefix("::ffff:127.")
            || isIPv4 && parts[0] == "127"
    }

    /// Reads a URL, or `user@host:path`; what it says of a user is left out.
    ///
    /// Nil for anything else, and for what means something else to who reads it otherwise: a path with `.` or `..`,
    /// empty or backslashed parts, encoded slashes, a query or a fragment; a mark with an accent on it.
    public init?(_ url: String) {
        guard url.utf8.count <= Self.bytesMax, !url.unicodeScalars.contains(where: Self.isUnclear),
            !RepoURL.hidesMarks(url)
        else { return nil }
        guard let colons = url.firstRange(of: "://") else {
            guard let place = RemotePlace(short: url) else { return nil }
            self = place
            return
        }
        let scheme = url[..<colons.lowerBound].lowercased()
        guard let standard = Self.standardPorts[scheme] else { return nil }
        let rest = url[colons.upperBound...]
        let authority = rest.prefix { $0 != "/" }
        let place = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority
        guard let (host, port) = Self.split(place), let path = Self.parts(of: rest[authority.endIndex...]) else {
            return nil
        }
        self = RemotePlace(scheme: scheme, host: host, port: port ?? standard, path: path)
    }

    private init(scheme: String, host: String, port: Int, path: [String]) {
        self.scheme = scheme
        self.host = host
        self.port = port
        self.path = path
    }

    /// Reads what git calls the scp-like form.
    private init?(short url: String) {
        guard let colon = url.firstIndex(of: ":"), !url[..<colon].contains("/"), !url[colon...].hasPrefix("::")
        else { return nil }
        let authority = url[..<colon]
        let host = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority
        guard Self.isHost(host), let path = Self.parts(of: "/" + url[url.index(after: colon)...].drop { $0 == "/" })
        else { return nil }
        self.init(scheme: "ssh", host: host.lowercased(), port: 22, path: path)
    }

    private static func split(_ authority: Substring) -> (host: String, port: Int?)? {
        var host = authority
        var port: Int?
        if let colon = authority.lastIndex(of: ":"), !authority[colon...].contains("]") {
            guard let number = Int(authority[authority.index(after: colon)...]), (1...65_535).contains(number) else {
                return nil
            }
            (host, port) = (authority[..<colon], number)
        }
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        return isHost(host) ? (host.lowercased(), port) : nil
    }

    private static func isHost(_ host: Substring) -> Bool {
        !host.isEmpty && !host.hasPrefix("-") && host.utf8.allSatisfy { $0 > 0x20 && !"@/?#%[]\\".utf8.contains($0) }
    }

    private static func isUnclear(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value <= 0x20 || scalar.value == 0x7F || "\\?#".unicodeScalars.contains(scalar)
    }

    /// The parts of a path, of which one slash at the end is none.
    private static func parts(of path: some StringProtocol) -> [String]? {
        var path = path[...]
        if path.hasPrefix("/") { path = path.dropFirst() }
        if path.hasSuffix("/") { path = path.dropLast() }
        guard !path.isEmpty else { return [] }
        var parts: [String] = []
        for part in path.split(separator: "/", omittingEmptySubsequences: false) {
            guard let decoded = PercentEncoding.decode(part), !["", ".", ".."].contains(decoded),
                !decoded.unicodeScalars.contains(where: { "/\\".unicodeScalars.contains($0) || $0.value < 0x20 })
            else { return nil }
            parts.append(decoded)
        }
        return parts
    }

    /// Whether this is the place of a repository, or of a group that it is in.
    ///
    /// A `.git` at the end of the repository's path may be left out of the prefix.
    public func covers(_ repository: RemotePlace) -> Bool {
        guard origin == repository.origin, path.count <= repository.path.count else { return false }
        let others = repository.path[..<path.count]
        guard path != Array(others), let last = path.last else { return true }
        return path.count == repository.path.count && path.dropLast() == others.dropLast()
            && others.last == last + ".git"
    }

    /// Where the same repository is for a browser: of an ssh place the same path at https, at the usual port.
    public var web: RemotePlace {
        guard scheme == "ssh" else { return self }
        return RemotePlace(
            scheme: "https", host: host == "ssh.github.com" ? "github.com" : host, port: 443, path: path)
    }

    /// Scheme, host and port as a URL begins.
    public var origin: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return "\(scheme)://\(name)" + (Self.standardPorts[scheme] == port ? "" : ":\(port)")
    }
}

extension RemotePlace: CustomStringConvertible {
    /// A URL of the place; that of a whole host ends with a slash.
    public var description: String { origin + "/" + path.map(PercentEncoding.encode).joined(separator: "/") }
}
