import Foundation
import Model

/// The ssh host keys that are trusted, in the form of OpenSSH's known_hosts.
///
/// Host patterns with `*`, `?` and `!` and ports as `[host]:port` are understood, and `@revoked` lines. Hashed names
/// and `@cert-authority` lines match nothing here; ``HostKeys/system`` understands hashed names.
public struct KnownHosts: Hashable, Sendable {
    struct Line: Hashable, Sendable {
        let patterns: [Substring]
        let type: Substring
        let key: [UInt8]
        let isRevoked: Bool
    }

    let lines: [Line]

    /// Reads the text of a known_hosts file; lines that are not understood are skipped, so they trust nothing.
    public init(text: String) {
        lines = text.split(whereSeparator: \.isNewline).compactMap(Self.parse)
    }

    private static func parse(_ line: Substring) -> Line? {
        var fields = line.split(whereSeparator: \.isWhitespace)[...]
        guard let first = fields.first, !first.hasPrefix("#") else { return nil }
        let isRevoked = first == "@revoked"
        if first.hasPrefix("@") {
            guard isRevoked else { return nil }
            fields = fields.dropFirst()
        }
        guard fields.count >= 3, let hosts = fields.first, !hosts.hasPrefix("|"),
            let key = Data(base64Encoded: String(fields[fields.startIndex + 2]))
        else { return nil }
        return Line(
            patterns: hosts.split(separator: ","), type: fields[fields.startIndex + 1], key: Array(key),
            isRevoked: isRevoked)
    }

    /// What is known of a host's key.
    enum Answer: Hashable {
        case trusted
        /// The host is listed with other keys only: it was reinstalled, or this is another machine.
        case different
        case unknown
        case revoked
    }

    func answer(host: String, port: Int, key: [UInt8]) -> Answer {
        let name = port == 22 ? host.lowercased() : "[\(host.lowercased())]:\(port)"
        let matching = lines.filter { Self.matches($0.patterns, name) }
        if matching.contains(where: { $0.isRevoked && $0.key == key }) { return .revoked }
        if matching.contains(where: { !$0.isRevoked && $0.key == key }) { return .trusted }
        return matching.contains { !$0.isRevoked } ? .different : .unknown
    }

    private static func matches(_ patterns: [Substring], _ name: String) -> Bool {
        var isMatch = false
        for pattern in patterns {
            let isNegated = pattern.hasPrefix("!")
            let text = (isNegated ? pattern.dropFirst() : pattern).lowercased()
            guard NameGlob(text).fits(name) else { continue }
            if isNegated { return false }
            isMatch = true
        }
        return isMatch
    }
}
