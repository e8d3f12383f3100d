/// The master keys: the first seals, and each opens what it sealed.
///
/// A sealed value names its key by eight bytes that are derived from it, so that keys rotate: put a new one first, seal
/// everything again, and take the old one away. Sealed data is one byte for the form (1), the key's eight bytes, and
/// what ``AES256GCM`` makes, whose associated data are the first nine bytes and the purpose.
public struct KeyRing: Sendable {
    /// How many keys one ring holds.
    public static let keysMax = 16
    /// How much longer sealed data is than the plaintext.
    public static let overheadBytes = headBytes + AES256GCM.overheadBytes

    private static let form: UInt8 = 1
    private static let headBytes = 1 + KeyID.byteCount

    private struct Entry {
        let id: KeyID
        let key: SymmetricKey
    }

    private let entries: [Entry]

    /// Takes the keys, the one that seals first.
    ///
    /// - Throws: `invalidInput` for no key or more than ``keysMax``.
    public init(_ keys: [SymmetricKey]) throws(CryptographyError) {
        guard (1...Self.keysMax).contains(keys.count) else {
            throw .init(
                code: .invalidInput, operation: "read the master keys", subject: "\(keys.count) keys",
                cause: "there must be 1 to \(Self.keysMax); make one with `openssl rand -hex 32`")
        }
        var entries: [Entry] = []
        for key in keys { entries.append(Entry(id: try KeyID(of: key), key: key)) }
        self.entries = entries
    }

    /// Reads keys as ``SymmetricKey/init(text:)`` does, one a line; empty lines and lines that begin with `#` are
    /// skipped.
    ///
    /// - Throws: `invalidInput` for a line that is no key, or as ``init(_:)`` does.
    public init(text: String) throws(CryptographyError) {
        var keys: [SymmetricKey] = []
        for line in text.split(whereSeparator: \.isNewline) where !line.allSatisfy(\.isWhitespace) {
            if line.hasPrefix("#") { continue }
            keys.append(try SymmetricKey(text: String(line)))
        }
        try self.init(keys)
    }

    /// Encrypts under the first key; opens again only for the same purpose.
    ///
    /// - Parameter purpose: what the plaintext is and belongs to, such as `webhook secret of o12`; part of no result.
    public func seal(_ plaintext: some Collection<UInt8>, for purpose: String) throws(CryptographyError) -> [UInt8] {
        let head = [Self.form] + entries[0].id.bytes
        return head
            + (try AES256GCM.seal(plaintext, key: entries[0].key, associatedData: head + Array(purpose.utf8)))
    }

    /// Decrypts what ``seal(_:for:)`` made under any key of the ring.
    ///
    /// - Throws: `unknownKey` when it was sealed under a key that the ring lacks, `authenticationFailed` when it was
    ///   changed or is for another purpose.
    public func open(_ sealed: some Collection<UInt8>, for purpose: String) throws(CryptographyError) -> [UInt8] {
        let sealed = Array(sealed)
        guard sealed.count >= Self.overheadBytes, sealed[0] == Self.form else {
            throw .init(
                code: .authenticationFailed, operation: "open sealed data", subject: "\(sealed.count) bytes",
                cause: "it is not in a form that this version reads; it was changed, or a newer version sealed it")
        }
        let head = sealed[..<Self.headBytes]
        guard let entry = entries.first(where: { $0.id.bytes == Array(head.dropFirst()) }) else {
            throw .init(
                code: .unknownKey, operation: "open sealed data", subject: "\(sealed.count) bytes",
                cause: "it was sealed under master key \(Hex.encode(head.dropFirst())), and the server has "
                    + entries.map(\.id.description).joined(separator: ", ")
                    + "; give it that key, too, on a line below the present one")
        }
        return try AES256GCM.open(
            sealed[Self.headBytes...], key: entry.key, associatedData: head + Array(purpose.utf8))
    }

    /// Whether data is sealed under the first key, so that it outlives the removal of the others.
    public func isCurrent(_ sealed: some Collection<UInt8>) -> Bool {
        Array(sealed.prefix(Self.headBytes)) == [Self.form] + entries[0].id.bytes
    }
}
