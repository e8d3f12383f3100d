/// Bounds on one conversation with a remote.
public struct RemoteLimits: Hashable, Sendable {
    /// From the first byte out until all refs are listed.
    public var answerTimeout: Duration
    /// From the first byte out until all objects are stored.
    public var transferTimeout: Duration
    /// The size of the pack that a fetch may bring.
    public var packBytesMax: Int
    /// How many refs a remote may list.
    public var refsMax: Int

    /// Makes bounds; the defaults suit a repository of a few GiB on a working network.
    public init(
        answerTimeout: Duration = .seconds(30),
        transferTimeout: Duration = .seconds(900),
        packBytesMax: Int = 4 << 30,
        refsMax: Int = 100_000
    ) {
        self.answerTimeout = answerTimeout
        self.transferTimeout = transferTimeout
        self.packBytesMax = packBytesMax
        self.refsMax = refsMax
    }
}
