import Cryptography
import Git
import Model

extension CommitSigning {
    /// What git calls the signatures of commits, so that none that was made for something else is taken for one.
    private static let namespace = "git"

    /// Finds out what a signature proves: that a key signed the commit, not whose key it is.
    ///
    /// - Throws: `CryptographyError` when that cannot be found out.
    init(checking signature: CommitSignature?) throws(CryptographyError) {
        guard let signature else {
            self = .unsigned
            return
        }
        do throws(CryptographyError) {
            let read = try SSHSignature(text: signature.text)
            if read.namespace != Self.namespace {
                self = .unusable("it is for the namespace '\(read.namespace.prefix(60))', not for 'git'")
            } else if try read.fits(signature.content) {
                let content = try SHA256.digest(of: signature.content).hex
                self = .signed(key: read.key.fingerprint, content: content)
            } else {
                self = .unusable("it does not fit the commit")
            }
        } catch {
            guard error.code == .invalidInput else { throw error }
            self = .unusable(error.cause)
        }
    }
}
