import Cryptography

/// Reads a file of allowed signers: errors stand within the file, and each line that is read reads as the same again.
enum SignersTarget {
    static func run(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        do throws(CryptographyError) {
            let signers = try AllowedSigners(text: text).signers
            Finding.unless((1...AllowedSigners.signersMax).contains(signers.count), "\(signers.count) signers")
            for signer in signers {
                Finding.unless(!signer.names.isEmpty, "a key of nobody")
                check(signer)
            }
        } catch {
            let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }.count
            let isLine = (1...lines).contains { error.subject == "line \($0)" }
            Finding.unless(isLine || error.subject == "the file", "an error in '\(error.subject)'")
            Finding.unless(error.code == .invalidInput && !error.cause.isEmpty, "\(error)")
        }
    }

    private static func check(_ signer: AllowedSigner) {
        do throws(CryptographyError) {
            let again = try AllowedSigners(text: signer.text).signers.first
            Finding.unless(
                again?.text == signer.text && again?.names == signer.names && again?.key == signer.key
                    && again?.counts(for: "git") == signer.counts(for: "git"),
                "'\(signer.text)' reads as something else")
        } catch {
            Finding.unless(false, "'\(signer.text)' is not read: \(error)")
        }
    }
}
