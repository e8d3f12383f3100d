/// Judges the host that a request was addressed to.
enum HostName {
    /// Whether a page of another site cannot have made a browser send this request under that site's own name.
    ///
    /// A name that an attacker owns can be pointed at this machine after the page was loaded (DNS rebinding), and
    /// the browser then takes our answers for that site's. An address, or `localhost`, cannot be pointed elsewhere.
    static func isSafeForAnonymous(_ authority: String?) -> Bool {
        guard let authority, !authority.isEmpty else { return false }
        if authority.hasPrefix("[") { return true }
        let host = authority.prefix { $0 != ":" }
        if host.lowercased() == "localhost" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
    }
}
