import Synchronization

/// Bounds how many conversations go on with one host at a time, so that a host that hangs keeps no other waiting.
///
/// A host that let a conversation run out of time is asked by one at a time until it answers again.
final class HostGate: Sendable {
    private struct Host {
        var conversations = 0
        var isSilent = false
        /// How many were turned away since somebody last got in without a crowd.
        var turnedAway = 0
    }

    private let conversationsMax: Int
    private let hosts = Mutex<[String: Host]>([:])

    /// Makes a gate.
    init(conversationsMax: Int) {
        self.conversationsMax = conversationsMax
    }

    /// Lets a conversation begin; whoever gets in must ``leave(_:wasSilent:)``.
    ///
    /// - Returns: nil for in, else how many were turned away so far.
    func enter(_ name: String) -> Int? {
        hosts.withLock { hosts in
            var host = hosts[name] ?? Host()
            defer { hosts[name] = host }
            guard host.conversations < (host.isSilent ? 1 : conversationsMax) else {
                host.turnedAway += 1
                return host.turnedAway
            }
            if host.conversations == 0 { host.turnedAway = 0 }
            host.conversations += 1
            return nil
        }
    }

    /// Ends a conversation.
    ///
    /// - Parameter wasSilent: whether its time ran out.
    func leave(_ name: String, wasSilent: Bool) {
        hosts.withLock { hosts in
            guard var host = hosts[name] else { return }
            host.conversations -= 1
            host.isSilent = wasSilent
            hosts[name] = host.conversations > 0 || host.isSilent ? host : nil
        }
    }
}
