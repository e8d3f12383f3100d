import COpenSSL

/// A password as it is stored: scrypt of it with a random salt, in the PHC string format.
///
/// The text is `$scrypt$ln=15,r=8,p=1$SALT$HASH`. Making and checking one computes for about a tenth of a second
/// without waiting: a server bounds how many run at a time.
/// See <https://docs.openssl.org/3.0/man3/EVP_PBE_scrypt/>.
public struct PasswordHash: Sendable, Hashable, CustomStringConvertible {
    /// The longest password that is taken; a longer one is refused, not cut.
    public static let passwordBytesMax = 1024

    private static let saltBytes = 16
    private static let hashBytes = 32

    /// How much work the hash takes.
    public let cost: ScryptCost
    private let salt: [UInt8]
    private let hash: [UInt8]

    /// Hashes a new password with a new salt.
    ///
    /// - Throws: `invalidInput` for an empty password or one above ``passwordBytesMax``; `libraryFailure` when
    ///   there is not enough memory.
    public init(password: String, cost: ScryptCost = .standard) throws(CryptographyError) {
        guard !password.isEmpty, password.utf8.count <= Self.passwordBytesMax else {
            throw .init(
                code: .invalidInput, operation: "hash a password", subject: "\(password.utf8.count) bytes",
                cause: "a password has 1 to \(Self.passwordBytesMax) bytes")
        }
        let salt = try SecureRandom.bytes(Self.saltBytes)
        let hash = try Scrypt.derive(password: Array(password.utf8), salt: salt, cost: cost, count: Self.hashBytes)
        self.init(cost: cost, salt: salt, hash: hash)
    }

    /// Reads a stored hash.
    ///
    /// - Throws: `unsupportedHash` when the text is not a scrypt PHC string or asks for more work than
    ///   ``ScryptCost`` allows.
    public init(stored text: String) throws(CryptographyError) {
        guard let parsed = Self.parse(text) else {
            throw .init(
                code: .unsupportedHash, operation: "read a stored password hash", subject: "\(text.utf8.count) bytes",
                cause: "it is not of the form $scrypt$ln=…,r=…,p=…$salt$hash; set the password again")
        }
        self = parsed
    }

    private init(cost: ScryptCost, salt: [UInt8], hash: [UInt8]) {
        self.cost = cost
        self.salt = salt
        self.hash = hash
    }

    /// Whether `password` is the one that was hashed, compared in constant time.
    public func matches(_ password: String) throws(CryptographyError) -> Bool {
        guard password.utf8.count <= Self.passwordBytesMax else { return false }
        let candidate = try Scrypt.derive(password: Array(password.utf8), salt: salt, cost: cost, count: hash.count)
        return ConstantTime.areEqual(candidate, hash)
    }

    /// Whether the password should be hashed anew at the next login, because the standard cost has changed.
    public var isOutdated: Bool { cost != .standard }

    /// The text to store.
    public var description: String {
        let parameters = "ln=\(cost.logN),r=\(cost.blockSize),p=\(cost.parallelism)"
        return "$scrypt$\(parameters)$\(Base64.encode(salt, as: .unpadded))$\(Base64.encode(hash, as: .unpadded))"
    }

    private static func parse(_ text: String) -> PasswordHash? {
        let fields = text.split(separator: "$", omittingEmptySubsequences: false)
        guard fields.count == 5, fields[0].isEmpty, fields[1] == "scrypt" else { return nil }
        let parameters = fields[2].split(separator: ",", omittingEmptySubsequences: false)
        guard
            parameters.count == 3,
            let logN = number(parameters[0], after: "ln="),
            let blockSize = number(parameters[1], after: "r="),
            let parallelism = number(parameters[2], after: "p="),
            let cost = ScryptCost(logN: logN, blockSize: blockSize, parallelism: parallelism),
            let salt = Base64.decode(String(fields[3]), as: .unpadded), (8...64).contains(salt.count),
            let hash = Base64.decode(String(fields[4]), as: .unpadded), (16...64).contains(hash.count)
        else { return nil }
        return PasswordHash(cost: cost, salt: salt, hash: hash)
    }

    private static func number(_ field: Substring, after name: String) -> Int? {
        guard field.hasPrefix(name) else { return nil }
        return Int(field.dropFirst(name.count))
    }
}
