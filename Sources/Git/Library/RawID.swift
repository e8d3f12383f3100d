import CLibGit2
import Model

/// A SHA-1 id as libgit2 1.5 has it: 20 bytes in registers, the key of the hot loops.
struct RawID: Hashable, Sendable {
    private let high: UInt64
    private let middle: UInt64
    private let low: UInt32

    /// Reads 20 bytes.
    init(_ bytes: UnsafeRawPointer) {
        high = bytes.loadUnaligned(as: UInt64.self)
        middle = bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
        low = bytes.loadUnaligned(fromByteOffset: 16, as: UInt32.self)
    }

    /// Reads libgit2's form.
    init(_ id: git_oid) {
        self = withUnsafeBytes(of: id) { raw in
            RawID(
                words: raw.loadUnaligned(as: UInt64.self), raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self),
                raw.loadUnaligned(fromByteOffset: 16, as: UInt32.self))
        }
    }

    private init(words high: UInt64, _ middle: UInt64, _ low: UInt32) {
        self.high = high
        self.middle = middle
        self.low = low
    }

    /// Takes a SHA-1 id; a SHA-256 id cannot be in a repository that libgit2 1.5 opens.
    init(_ id: ObjectID, _ operation: String) throws(GitError) {
        guard id.byteCount == 20 else {
            throw GitError(
                .missingObject, operation: operation, subject: id.hex,
                cause: "libgit2 1.5 reads repositories with SHA-1 ids only")
        }
        let bytes = id.bytes
        self = bytes.withUnsafeBytes { raw in
            RawID(
                words: raw.loadUnaligned(as: UInt64.self), raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self),
                raw.loadUnaligned(fromByteOffset: 16, as: UInt32.self))
        }
    }

    /// All zeros, by which libgit2 means "none".
    var isZero: Bool { high == 0 && middle == 0 && low == 0 }

    /// Eight of the bytes, the same in every process.
    var prefix: UInt64 { high }

    /// libgit2's form.
    var library: git_oid {
        var id = git_oid()
        withUnsafeMutableBytes(of: &id) { raw in
            raw.storeBytes(of: high, as: UInt64.self)
            raw.storeBytes(of: middle, toByteOffset: 8, as: UInt64.self)
            raw.storeBytes(of: low, toByteOffset: 16, as: UInt32.self)
        }
        return id
    }

    /// The form that the rest of the program uses.
    var object: ObjectID {
        let bytes = withUnsafeBytes(of: library) { Array($0) }
        guard let id = ObjectID(bytes: bytes) else { preconditionFailure("20 bytes are an object id") }
        return id
    }

    /// The hexadecimal form.
    var hex: String { object.hex }

    static func == (left: RawID, right: RawID) -> Bool {
        left.high == right.high && left.middle == right.middle && left.low == right.low
    }

    /// Feeds the first 8 bytes, which are uniformly distributed already.
    func hash(into hasher: inout Hasher) {
        hasher.combine(high)
    }
}
