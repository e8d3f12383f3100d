/// A 256-bit secret key, wiped from memory when the last reference to it is gone.
///
/// Printing it shows `***`, in strings and in mirrors.
public final class SymmetricKey: Sendable, CustomStringConvertible, CustomReflectable {
    /// How many bytes a key has.
    public static let byteCount = 32

    private let storage: KeyStorage

    /// Takes exactly 32 bytes.
    ///
    /// - Throws: `invalidInput` for any other count.
    public init(bytes: some Collection<UInt8>) throws(CryptographyError) {
        guard bytes.count == Self.byteCount else {
            throw .init(
                code: .invalidInput, operation: "read a key", subject: "\(bytes.count) bytes",
                cause: "a key has exactly \(Self.byteCount) bytes; make one with `openssl rand -hex 32`")
        }
        storage = KeyStorage(bytes)
    }

    /// Reads a key that was written as 64 hexadecimal digits or as Base64, ignoring white space around it.
    ///
    /// - Throws: `invalidInput` when it is neither, or not 32 bytes.
    public convenience init(text: String) throws(CryptographyError) {
        let blank: (UInt8) -> Bool = { $0 == 32 || (9...13).contains($0) }
        let trimmed = String(
            decoding: text.utf8.drop(while: blank).reversed().drop(while: blank).reversed(), as: UTF8.self)
        guard let bytes = Hex.decode(trimmed) ?? Base64.decode(trimmed) ?? Base64.decode(trimmed, as: .urlSafe) else {
            throw .init(
                code: .invalidInput, operation: "read a key", subject: "\(trimmed.utf8.count) characters",
                cause: "neither hexadecimal nor Base64; make one with `openssl rand -hex 32`")
        }
        try self.init(bytes: bytes)
    }

    /// A new random key.
    public static func random() throws(CryptographyError) -> SymmetricKey {
        try SymmetricKey(bytes: SecureRandom.bytes(byteCount))
    }

    /// Always `***`.
    public var description: String { "***" }

    /// A mirror without children, so that `dump` does not show the key either.
    public var customMirror: Mirror { Mirror(self, children: []) }

    /// Gives `body` the key's bytes, which must not outlive the call.
    func withBytes<R>(_ body: (UnsafePointer<UInt8>) -> R) -> R { body(storage.pointer) }
}
