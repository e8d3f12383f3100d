import Cryptography
import Foundation
import GitHosts
import Model

/// What may be seen of a credential, read out of keys and certificates; refuses what could never work.
enum CredentialFacts {
    /// So many hosts of known_hosts are shown.
    private static let hostsMax = 20

    /// The facts of a form whose fields are complete.
    static func of(_ form: CredentialForm) throws(Problem) -> [String: String] {
        if let problem = form.problem { throw refused(problem) }
        var facts = form.facts
        do throws(CryptographyError) {
            switch form.kind {
            case .password, .proxy: break
            case .sshKey:
                let key = try SSHKeyFacts(privateKey: form.privateKey ?? "")
                if key.isEncrypted, form.passphrase == nil { throw problem("it needs a passphrase") }
                facts["type"] = key.type
                facts["fingerprint"] = key.fingerprint
            case .clientCertificate:
                let certificate = try CertificateFacts(
                    certificates: form.certificates ?? "", privateKey: form.privateKey ?? "",
                    passphrase: form.passphrase)
                facts["subject"] = certificate.subject
                facts["expiresAt"] = JSONText.time(certificate.expiresAt)
            case .knownHosts:
                let hosts = hosts(in: form.knownHosts ?? "")
                if hosts.isEmpty { throw problem("the known hosts name none: each line is HOST TYPE KEY") }
                facts["hosts"] = hosts.prefix(hostsMax).joined(separator: " ")
            case .gitHubApp:
                if let fault = form.api.flatMap(HostPlace.problem(withAPI:)) { throw problem(fault) }
                facts["fingerprint"] = try RSAPrivateKey(pem: form.privateKey ?? "").fingerprint()
            }
        } catch {
            throw refused("\(error.subject): \(error.cause)")
        }
        return facts
    }

    private static func hosts(in text: String) -> [String] {
        var seen: Set<Substring> = []
        return text.split(whereSeparator: \.isNewline).compactMap { line in
            let fields = line.split(whereSeparator: \.isWhitespace)
            guard fields.count >= 3, let host = fields.first, !host.hasPrefix("#"),
                Base64.decode(String(fields[2])) != nil, seen.insert(host).inserted
            else { return nil }
            return String(host)
        }
    }

    private static func problem(_ cause: String) -> CryptographyError {
        CryptographyError(code: .invalidInput, operation: "read", subject: "the credential", cause: cause)
    }

    private static func refused(_ detail: String) -> Problem {
        Problem(
            status: 422, code: "invalid_credential", detail: "the credential cannot be kept: \(detail)",
            hint: "docs/credentials.md says what each kind needs")
    }
}
