import Foundation

/// The status page's address as receivers are told it.
public struct StatusLink: Sendable {
    private let base: String?

    /// Takes the server's public address; nil when it has none, and receivers get no links.
    public init(_ base: String?) {
        self.base = base.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
    }

    /// The page, at what stands behind its `#`.
    func url(_ anchor: String) -> String? {
        guard let base else { return nil }
        guard !anchor.isEmpty else { return base + "/" }
        var allowed = CharacterSet(charactersIn: "a"..."z")
        allowed.insert(charactersIn: "A"..."Z")
        allowed.insert(charactersIn: "0"..."9")
        allowed.insert(charactersIn: "-._~/@")
        return "\(base)/#\(anchor.addingPercentEncoding(withAllowedCharacters: allowed) ?? "")"
    }
}
