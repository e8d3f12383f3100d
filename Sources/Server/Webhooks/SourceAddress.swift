import NIOCore

/// Who sent a request, as far as it can be told.
struct SourceAddress: Hashable, Sendable {
    /// The address, as it is written.
    let text: String
    /// What limits count by: an IPv6 address's network, since who has one address there has all of them.
    let network: String

    /// Takes the connection's peer or, when that is a proxy of ours, the address that it names last.
    ///
    /// - Parameters:
    ///   - forwarded: the header `X-Forwarded-For`; what a client wrote there itself stands before what proxies add.
    ///   - proxies: the addresses whose word is taken.
    init(peer: SocketAddress?, forwarded: String?, proxies: Set<String>) {
        let direct = Self.plain(peer?.ipAddress ?? "unknown")
        guard proxies.contains(direct), let forwarded else {
            self.init(direct)
            return
        }
        let hops = forwarded.split(separator: ",").suffix(16).map { Self.plain($0.filter { !$0.isWhitespace }) }
        let known = hops.reversed().prefix { Self.isAddress($0) }
        self.init(known.first { !proxies.contains($0) } ?? direct)
    }

    private init(_ text: String) {
        self.text = text
        network = Self.network(of: text)
    }

    /// An IPv4 address as itself: a socket that takes both kinds shows it inside an IPv6 one.
    private static func plain(_ text: String) -> String {
        let mapped = "::ffff:"
        return text.hasPrefix(mapped) && text.contains(".") ? String(text.dropFirst(mapped.count)) : text
    }

    private static func isAddress(_ text: String) -> Bool {
        (try? SocketAddress(ipAddress: text, port: 0)) != nil
    }

    private static func network(of text: String) -> String {
        guard case .v6(let address)? = try? SocketAddress(ipAddress: text, port: 0) else { return text }
        let half = withUnsafeBytes(of: address.address.sin6_addr) { Array($0.prefix(8)) }
        return half.map(String.init).joined(separator: ".") + "/64"
    }
}
