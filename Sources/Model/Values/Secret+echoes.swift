import Foundation

extension Secret {
    /// Pieces of an address that are shorter are no secrets, but words such as `services`.
    private static let pieceBytesMin = 6

    /// What a server to which it was sent may repeat, and nobody may be shown.
    ///
    /// Of a URL all but the host is secret: servers tell which path they do not have, without its slash at the beginning
    /// or decoded, and who was not let in.
    public var echoes: [String] {
        guard let scheme = text.firstRange(of: "://") else {
            return text.utf8.contains(UInt8(ascii: ":")) ? Self.login(text) : [text]
        }
        let authority = text[scheme.upperBound...].unicodeScalars.prefix { !"/?#".unicodeScalars.contains($0) }
        var parts = [text]
        if let at = authority.lastIndex(of: "@") {
            let who = String(authority[..<at])
            parts += [who] + Self.login(who.removingPercentEncoding ?? who)
            parts += Self.secretHalf(of: who).map { [$0] } ?? []
        }
        let path = String(text[authority.endIndex...])
        guard path.utf8.count > 1 else { return parts }
        parts.append(path)
        for form in [path, path.removingPercentEncoding ?? path] {
            let scalars = form.unicodeScalars
            let pieces = [scalars.dropFirst()] + scalars.split { "/?#&=".unicodeScalars.contains($0) }
            parts += pieces.map { String($0) }.filter { $0.utf8.count >= Self.pieceBytesMin }
        }
        return parts
    }

    /// User and password as they are, as they are sent, and the password alone.
    private static func login(_ plain: String) -> [String] {
        [plain, Data(plain.utf8).base64EncodedString()] + (secretHalf(of: plain).map { [$0] } ?? [])
    }

    /// What stands behind the user; nil for nothing.
    private static func secretHalf(of login: String) -> String? {
        guard let colon = login.unicodeScalars.firstIndex(of: ":") else { return nil }
        let half = login.unicodeScalars[colon...].dropFirst()
        return half.isEmpty ? nil : String(half)
    }
}
