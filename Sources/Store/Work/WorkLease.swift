/// The right to work on one key of one controller until the lease expires by the database's clock.
public struct WorkLease: Sendable {
    /// Whose work it is.
    public let controller: ControllerName
    /// What is to be looked at: the written form of an id.
    public let key: String
    /// How often the key was claimed since it last ended well, this time included.
    public let attempts: Int
    /// Counts the requests for the key; when it has grown by the end, the key is due again.
    public let version: Int64
    /// Never given twice: the term of this lease, checked by every write that is made under it.
    public let fence: Int64
    /// Who holds it.
    public let holder: String

    /// Makes a value from its parts.
    public init(
        controller: ControllerName, key: String, attempts: Int, version: Int64, fence: Int64, holder: String
    ) {
        self.controller = controller
        self.key = key
        self.attempts = attempts
        self.version = version
        self.fence = fence
        self.holder = holder
    }
}
