/// What an S3 server says about a request that failed.
struct S3Fault: Sendable {
    private static let messageCharactersMax = 300

    /// Such as `NoSuchKey`.
    let code: String
    let message: String

    /// Nil when the body is not S3's `Error` document.
    init?(_ body: [UInt8]) {
        guard let root = XMLDocument.root(of: body), root.name == "Error", let code = root.child("Code")?.text else {
            return nil
        }
        self.code = String(code.prefix(Self.messageCharactersMax))
        message = String((root.child("Message")?.text ?? "").prefix(Self.messageCharactersMax))
    }
}
