/// A file of allowed signers, as `ssh-keygen -Y verify` and git read them.
///
/// See ssh-keygen(1), ALLOWED SIGNERS. Times are read in UTC, with `Z` or without.
public struct AllowedSigners: Sendable, Hashable {
    /// No file is longer.
    public static let bytesMax = 256 << 10
    /// No file has more keys.
    public static let signersMax = 2_000
    /// No line is longer.
    public static let lineBytesMax = 16_384

    /// The lines that hold keys, in their order; at least one.
    public let signers: [AllowedSigner]

    /// Reads a file.
    ///
    /// - Throws: `invalidInput`, its subject the line, such as `line 3`, its cause what is wrong there and what to do.
    public init(text: String) throws(CryptographyError) {
        guard text.utf8.count <= Self.bytesMax else {
            throw Self.mistake(nil, "it has more than \(Self.bytesMax >> 10) KiB: list fewer keys")
        }
        var signers: [AllowedSigner] = []
        let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
        for (position, line) in lines.enumerated() {
            let number = position + 1
            guard line.utf8.count <= Self.lineBytesMax else {
                throw Self.mistake(number, "it has more than \(Self.lineBytesMax) bytes")
            }
            do throws(SSHLineMistake) {
                guard let signer = try SignerLine(line).signer(line: number) else { continue }
                signers.append(signer)
            } catch {
                throw Self.mistake(number, error.sentence)
            }
            guard signers.count <= Self.signersMax else {
                throw Self.mistake(number, "there are more than \(Self.signersMax) keys: list fewer")
            }
        }
        guard !signers.isEmpty else {
            throw Self.mistake(nil, "it lists no key: each line is PRINCIPALS [OPTIONS] TYPE KEY")
        }
        self.signers = signers
    }

    private static func mistake(_ line: Int?, _ cause: String) -> CryptographyError {
        CryptographyError(
            code: .invalidInput, operation: "read allowed signers", subject: line.map { "line \($0)" } ?? "the file",
            cause: cause)
    }
}
