/// Which ssh hosts are trusted; there is no way to trust all of them.
public enum HostKeys: Hashable, Sendable {
    /// Those in the `.ssh/known_hosts` of the user that runs this process.
    case system
    /// Exactly these.
    case listed(KnownHosts)
    /// These and, for hosts that they do not name, those of the user's `.ssh/known_hosts`.
    case listedOrSystem(KnownHosts)
}
