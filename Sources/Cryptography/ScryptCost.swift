/// How much work one password hash takes (RFC 7914).
public struct ScryptCost: Sendable, Hashable {
    /// Binary logarithm of N, the number of memory blocks: 10 to 18.
    public let logN: Int
    /// Block size factor: 1 to 16.
    public let blockSize: Int
    /// How often the whole is repeated: 1 to 4.
    public let parallelism: Int

    /// What new hashes use: 32 MiB and roughly a tenth of a second of one core.
    public static let standard = ScryptCost(unchecked: 15, blockSize: 8, parallelism: 1)

    /// Takes parameters within the bounds above; nil outside of them, so that a stored hash cannot demand the
    /// whole machine.
    public init?(logN: Int, blockSize: Int, parallelism: Int) {
        guard (10...18).contains(logN), (1...16).contains(blockSize), (1...4).contains(parallelism) else { return nil }
        self.init(unchecked: logN, blockSize: blockSize, parallelism: parallelism)
    }

    private init(unchecked logN: Int, blockSize: Int, parallelism: Int) {
        self.logN = logN
        self.blockSize = blockSize
        self.parallelism = parallelism
    }

    /// How much memory one hash takes, with room for OpenSSL's own needs.
    var memoryBytesMax: UInt64 {
        let block = 128 * UInt64(blockSize)
        return block * (UInt64(1) << UInt64(logN)) + block * UInt64(parallelism) + (1 << 20)
    }
}
