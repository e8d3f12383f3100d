import CLibGit2

extension Conversation {
    /// Decides whether an ssh host is trusted; not 0 if it is not.
    ///
    /// - Parameter isKnown: whether the user's known_hosts names the host with this key.
    func judge(_ library: git_cert_hostkey, isKnown: Bool, host: String) -> Int32 {
        guard let key = HostKey(library) else {
            return refuse(.untrustedHost, "its ssh host key cannot be read")
        }
        seenHostKey = key
        switch answer(for: key, isKnown: isKnown, host: host) {
        case .trusted: return 0
        case .unknown:
            return refuse(
                .untrustedHost, "its ssh host key is not known: \(key.fingerprint)",
                hint: "compare that with what the host's operator publishes, then run: "
                    + "ocuroot auth add \(url.sshAddress) --scan")
        case .revoked: return refuse(.untrustedHost, "its ssh host key is revoked: \(key.fingerprint)")
        case .different:
            return refuse(
                .untrustedHost, "it shows another ssh host key than the ones listed for it: \(key.fingerprint)",
                hint: "this may be an attack; if the host was reinstalled, replace its keys: "
                    + "ocuroot auth add \(url.sshAddress) --scan")
        }
    }

    private func answer(for key: HostKey, isKnown: Bool, host: String) -> KnownHosts.Answer {
        let port = url.port ?? 22
        switch access.hostKeys {
        case .system: return isKnown ? .trusted : .unknown
        case .listed(let hosts): return hosts.answer(host: host, port: port, key: key.bytes)
        case .listedOrSystem(let hosts):
            let answer = hosts.answer(host: host, port: port, key: key.bytes)
            return answer == .unknown && isKnown ? .trusted : answer
        }
    }
}
