import ArgumentParser

/// Where a server listens: `HOST:PORT`, an IPv6 address in brackets.
struct ListenAddress: Sendable, Equatable {
    /// A name or address, without brackets.
    let host: String
    /// 0 picks one.
    let port: Int

    /// Reads `HOST:PORT`; nil for anything else.
    init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
            return nil
        }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            return nil
        }
        guard !host.isEmpty else { return nil }
        self.host = String(host)
        self.port = Int(port)
    }

    /// The address that a client on this machine uses once the port is known.
    func url(port: Int) -> String {
        let reachable = host == "0.0.0.0" ? "127.0.0.1" : host == "::" ? "::1" : host
        return "http://\(reachable.contains(":") ? "[\(reachable)]" : reachable):\(port)"
    }
}

extension ListenAddress: ExpressibleByArgument {
    init?(argument: String) {
        self.init(argument)
    }

    var defaultValueDescription: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}

extension ListenAddress {
    /// Where a server listens unless told otherwise: this machine only.
    static let standard = ListenAddress(host: "127.0.0.1", port: 8642)

    private init(host: String, port: Int) {
        self.host = host
        self.port = port
    }
}
