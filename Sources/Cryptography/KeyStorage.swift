import COpenSSL

/// Memory outside of Swift's arrays, so that no copy of the key is left behind.
///
/// Unchecked because of the pointer: the memory is written in `init` and wiped in `deinit`, and only read in between.
final class KeyStorage: @unchecked Sendable {
    private let memory: UnsafeMutablePointer<UInt8>

    init(_ bytes: some Collection<UInt8>) {
        memory = .allocate(capacity: SymmetricKey.byteCount)
        memory.initialize(repeating: 0, count: SymmetricKey.byteCount)
        for (offset, byte) in bytes.prefix(SymmetricKey.byteCount).enumerated() { memory[offset] = byte }
    }

    deinit {
        OPENSSL_cleanse(memory, SymmetricKey.byteCount)
        memory.deallocate()
    }

    var pointer: UnsafePointer<UInt8> { UnsafePointer(memory) }
}
