import Foundation
import Model

/// Where a repository is fetched from: a local path, or a file, http, https or ssh URL.
public struct RemoteURL: Hashable, Sendable {
    /// How the repository is reached.
    public enum Transport: String, Hashable, Sendable {
        /// Files on this machine, by absolute path or `file://`.
        case local
        /// Smart HTTP without TLS.
        case http
        /// Smart HTTP with TLS.
        case https
        /// `ssh://user@host/path` or `user@host:path`.
        case ssh

        /// The port of a URL that names none.
        var standardPort: Int? {
            switch self {
            case .local: nil
            case .http: 80
            case .https: 443
            case .ssh: 22
            }
        }
    }

    /// The text as it was given, which may hold a password: never show it, show ``description``.
    public let text: String
    /// How the repository is reached.
    public let transport: Transport
    /// The host's name; nil for a local repository.
    public let host: String?
    /// The port; nil if the URL names none.
    public let port: Int?
    /// The directory of a local repository; nil for the others.
    public let localPath: String?

    /// Longer URLs are refused.
    private static let bytesMax = 2048

    /// Reads a URL.
    ///
    /// - Throws: `invalidURL` for a relative path, an unknown scheme (also `ext::` and `git://`), a missing host, and
    ///   spaces, control characters or marks with an accent on them outside a local path.
    public init(_ text: String) throws(GitError) {
        guard !text.isEmpty, text.utf8.count <= Self.bytesMax, !text.unicodeScalars.contains(where: Self.isControl)
        else {
            throw Self.invalid(text, "it is empty, longer than \(Self.bytesMax) bytes, or holds control characters")
        }
        if text.hasPrefix("/") {
            self = RemoteURL(text: text, transport: .local, host: nil, port: nil, localPath: text)
        } else if RepoURL.hidesMarks(text) {
            throw Self.invalid(text, "a slash, colon or other mark in it is joined with an accent or another character")
        } else if let colons = text.range(of: "://") {
            let scheme = text[..<colons.lowerBound].lowercased()
            self = try Self.parse(scheme: scheme, rest: text[colons.upperBound...], text: text)
        } else {
            self = try Self.parse(short: text)
        }
    }

    private init(text: String, transport: Transport, host: String?, port: Int?, localPath: String?) {
        self.text = text
        self.transport = transport
        self.host = host
        self.port = port
        self.localPath = localPath
    }

    private static func parse(scheme: String, rest: Substring, text: String) throws(GitError) -> RemoteURL {
        if scheme == "file" {
            guard let slash = rest.firstIndex(of: "/"), rest[..<slash].isEmpty || rest[..<slash] == "localhost" else {
                throw invalid(text, "a file URL has three slashes and an absolute path")
            }
            let path = try decodePercents(rest[slash...], text)
            return RemoteURL(text: text, transport: .local, host: nil, port: nil, localPath: path)
        }
        guard let transport = Transport(rawValue: scheme), transport != .local else {
            throw invalid(text, "scheme '\(scheme)' is not known")
        }
        guard let slash = rest.firstIndex(of: "/"), !rest.contains(" ") else {
            throw invalid(text, "it has no path, or holds a space")
        }
        let authority = rest[..<slash]
        // Whoever connects may take one of these for the end of the host.
        guard !authority.contains(where: { "?#\\".contains($0) }) else {
            throw invalid(text, "its user and host hold a '?', '#' or '\\'")
        }
        let hostPort = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority
        let (host, port) = try parse(hostPort: hostPort, text)
        return RemoteURL(text: text, transport: transport, host: host, port: port, localPath: nil)
    }

    /// Reads `user@host:path`, which git calls the scp-like form.
    private static func parse(short text: String) throws(GitError) -> RemoteURL {
        guard let colon = text.firstIndex(of: ":"), !text[..<colon].contains("/"), !text.contains("::"),
            !text.contains(" ")
        else {
            throw invalid(text, "it is neither an absolute path nor a URL")
        }
        let authority = text[..<colon]
        let host = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority
        guard isHost(host), text.index(after: colon) < text.endIndex else {
            throw invalid(text, "'\(host)' is not the name of a host")
        }
        return RemoteURL(text: text, transport: .ssh, host: String(host), port: nil, localPath: nil)
    }

    private static func parse(hostPort: Substring, _ text: String) throws(GitError) -> (String, Int?) {
        var host = hostPort
        var port: Int?
        if let colon = hostPort.lastIndex(of: ":"), !hostPort[colon...].contains("]") {
            let digits = hostPort[hostPort.index(after: colon)...]
            guard let number = Int(digits), (1...65_535).contains(number) else {
                throw invalid(text, "'\(digits)' is not a port")
            }
            (host, port) = (hostPort[..<colon], number)
        }
        let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
        if isBracketed { host = host.dropFirst().dropLast() }
        guard isHost(host), isBracketed || !host.contains(":") else {
            throw invalid(text, "'\(host)' is not the name of a host")
        }
        return (String(host), port)
    }

    private static func isHost(_ host: Substring) -> Bool {
        let isPlain = host.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: ":"):
                true
            default: byte >= 128
            }
        }
        return isPlain && !host.isEmpty && !host.hasPrefix("-")
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool { scalar.value < 32 || scalar.value == 127 }

    private static func decodePercents(_ path: Substring, _ text: String) throws(GitError) -> String {
        guard let decoded = path.removingPercentEncoding, !decoded.utf8.contains(0) else {
            throw invalid(text, "a '%' in it is not followed by two hexadecimal digits of UTF-8")
        }
        return decoded
    }

    private static func invalid(_ text: String, _ cause: String) -> GitError {
        GitError(
            .invalidURL, operation: "use repository URL", subject: "'\(RepoURL.withoutPassword(text).prefix(200))'",
            cause: cause,
            hint: "use an absolute path, file:///path, https://host/path, ssh://user@host/path or user@host:path")
    }
}

extension RemoteURL: CustomStringConvertible {
    /// The URL without its password.
    public var description: String { RepoURL.withoutPassword(text) }
}
