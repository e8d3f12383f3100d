/// What stands in a commit's header to prove who made it, and what it was made for.
///
/// It is read from the header alone: a message may hold anything, also the signature of another commit.
public struct CommitSignature: Hashable, Sendable {
    /// The signature's text form: SSH, PGP or X.509.
    public let text: String
    /// What was signed: the commit without its signature.
    public let content: [UInt8]

    private static let field = Array("gpgsig ".utf8)

    /// Reads the bytes of a commit; nil for one that is not signed.
    public init?(commit: some Sequence<UInt8>) {
        let bytes = Array(commit)
        var (line, start, end) = (0, bytes.count, bytes.count)
        var text: [UInt8] = []
        while line < bytes.count, bytes[line] != UInt8(ascii: "\n") {
            let next = (bytes[line...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count - 1) + 1
            let isFirst = start == bytes.count && bytes[line..<next].starts(with: Self.field)
            if isFirst { start = line }
            if isFirst || end == line && bytes[line] == UInt8(ascii: " ") {
                text += bytes[line..<next].dropFirst(isFirst ? Self.field.count : 1)
                end = next
            }
            line = next
        }
        guard start < bytes.count else { return nil }
        self.text = String(decoding: text, as: UTF8.self)
        content = Array(bytes[..<start] + bytes[end...])
    }
}
