/// What an https host knows us by before anything is asked.
public struct ClientCertificate: Sendable {
    /// The certificate and those that vouch for it, PEM.
    public var certificates: String
    /// Its key, PEM.
    public var privateKey: String
    /// Opens the key; nil for a key in the clear.
    public var passphrase: String?

    /// Makes a value from its parts.
    public init(certificates: String, privateKey: String, passphrase: String? = nil) {
        self.certificates = certificates
        self.privateKey = privateKey
        self.passphrase = passphrase
    }
}
