/// By what a webhook of ours is known again among those that its git host lists.
///
/// Another server may watch the same repository, and call it the same: that the path is ours is no proof.
public struct HookTrace: Sendable, Hashable {
    /// Where it delivers.
    public var address: String
    /// Where it was told to deliver before, under other public URLs of this server.
    public var formerAddresses: [String]
    /// What the host's API called it; nil when it was not registered there.
    public var id: String?
    /// Whether it may have been told other addresses, which nobody noted.
    public var hasUnknownAddresses: Bool

    /// Makes a value from its parts.
    public init(
        address: String, formerAddresses: [String] = [], id: String? = nil, hasUnknownAddresses: Bool = false
    ) {
        self.address = address
        self.formerAddresses = formerAddresses
        self.id = id
        self.hasUnknownAddresses = hasUnknownAddresses
    }

    /// Those that are ours.
    ///
    /// One with the address is, and the one that the host calls as it did, if its path is one of ours; where that is gone,
    /// or was never told, those with a former address. When there is none of these and not all addresses are known, the
    /// only one that differs from the address in nothing but the host is taken for ours.
    public func own(among hooks: [ListedHook]) -> [ListedHook] {
        let present = hooks.filter { Self.isSame($0.url, address) }
        var known = hooks.filter { $0.id == id && hasPath(of: [address] + formerAddresses, $0) }
        if known.isEmpty {
            known = hooks.filter { hook in formerAddresses.contains { Self.isSame($0, hook.url) } }
        }
        let own = present + known.filter { !present.contains($0) }
        guard own.isEmpty, hasUnknownAddresses else { return own }
        let alike = alike(among: hooks)
        return alike.count == 1 ? alike : []
    }

    /// Those that have the path of the address, at whatever host: ours, or of another server.
    public func alike(among hooks: [ListedHook]) -> [ListedHook] {
        hooks.filter { hasPath(of: [address], $0) }
    }

    private func hasPath(of addresses: [String], _ hook: ListedHook) -> Bool {
        guard let path = Self.path(of: hook.url) else { return false }
        return addresses.contains { address in Self.path(of: address).map { Self.isSame($0, path) } ?? false }
    }

    /// All that stands behind the host, a query included; nil for what is no URL of a webhook's.
    private static func path(of url: String) -> String? {
        let scalars = url.unicodeScalars
        guard let colons = scalars.firstRange(of: "://".unicodeScalars) else { return nil }
        guard ["http", "https"].contains(String(scalars[..<colons.lowerBound]).lowercased()) else { return nil }
        return String(scalars[colons.upperBound...].drop { !"/?#".unicodeScalars.contains($0) })
    }

    /// Byte by byte: what only looks the same is another address.
    private static func isSame(_ left: String, _ right: String) -> Bool {
        left.utf8.elementsEqual(right.utf8)
    }
}
