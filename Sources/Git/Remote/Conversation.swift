import CLibGit2
import Model

/// One exchange with a remote: what libgit2's callbacks need, and what they found wrong.
///
/// It lives on the executor of the mirror that talks; libgit2 calls back on that same thread.
final class Conversation {
    let url: RemoteURL
    let access: RemoteAccess
    let control: TransferControl
    private(set) var packByteCount = 0
    private var failure: GitError?
    private var attempts = 0

    init(url: RemoteURL, access: RemoteAccess, control: TransferControl) {
        self.url = url
        self.access = access
        self.control = control
    }

    /// The callbacks that point to this object, which must outlive their use.
    func callbacks() throws(GitError) -> git_remote_callbacks {
        var callbacks = git_remote_callbacks()
        let code = git_remote_init_callbacks(&callbacks, UInt32(GIT_REMOTE_CALLBACKS_VERSION))
        try check(code, "prepare to talk to", url.description)
        callbacks.payload = Unmanaged.passUnretained(self).toOpaque()
        callbacks.credentials = { out, _, user, allowed, payload in
            Conversation.from(payload)?.provide(out, user: user.map { String(cString: $0) }, allowed: allowed) ?? -1
        }
        callbacks.certificate_check = { certificate, isValid, host, payload in
            Conversation.from(payload)?.judge(certificate, isValid: isValid == 1, host: host) ?? -1
        }
        callbacks.transfer_progress = { progress, payload in
            Conversation.from(payload)?.advance(progress?.pointee) ?? -1
        }
        callbacks.sideband_progress = { _, _, payload in
            Conversation.from(payload)?.control.stopReason == nil ? 0 : GIT_EUSER.rawValue
        }
        return callbacks
    }

    /// The error to throw for a failed call: ours if a callback refused, else libgit2's in the words of remotes.
    func error(_ code: Int32, _ operation: String) -> GitError {
        let library = GitError(library: code, operation: operation, subject: url.description)
        switch control.stopReason {
        case .cancelled:
            return GitError(.cancelled, operation: operation, subject: url.description, cause: "it was cancelled")
        case .timedOut:
            return GitError(
                .timedOut, operation: operation, subject: url.description, cause: "the time allowed for it ran out",
                hint: "the host is slow or unreachable, or the repository is large")
        case nil:
            return failure.map { $0.recast(operation: operation, subject: url.description) }
                ?? RemoteFailure.classify(library, url: url)
        }
    }

    private static func from(_ payload: UnsafeMutableRawPointer?) -> Conversation? {
        payload.map { Unmanaged<Conversation>.fromOpaque($0).takeUnretainedValue() }
    }

    private func refuse(_ code: GitError.Code, _ cause: String, hint: String? = nil) -> Int32 {
        failure = GitError(code, operation: "talk to", subject: url.description, cause: cause, hint: hint)
        _ = git_error_set_str(Int32(GIT_ERROR_CALLBACK.rawValue), cause)
        return GIT_EUSER.rawValue
    }

    /// Notes how far a transfer is; not 0 if it must end.
    func advance(_ progress: git_indexer_progress?) -> Int32 {
        guard control.stopReason == nil else { return GIT_EUSER.rawValue }
        packByteCount = max(packByteCount, progress?.received_bytes ?? 0)
        guard packByteCount <= access.limits.packBytesMax else {
            return refuse(
                .tooLarge, "the objects to be fetched exceed \(access.limits.packBytesMax) bytes",
                hint: "raise the limit, or make the repository smaller")
        }
        return 0
    }

    private func provide(
        _ out: UnsafeMutablePointer<UnsafeMutablePointer<git_credential>?>?, user: String?, allowed: UInt32
    ) -> Int32 {
        // An ssh URL without a user: git asks for the name alone first.
        if allowed & GIT_CREDENTIAL_USERNAME.rawValue != 0 { return git_credential_username_new(out, "git") }
        attempts += 1
        let request = CredentialRequest(
            url: url, user: user, takesPassword: allowed & GIT_CREDENTIAL_USERPASS_PLAINTEXT.rawValue != 0,
            takesKey: allowed & GIT_CREDENTIAL_SSH_KEY.rawValue != 0, attempt: attempts)
        guard let credential = access.credentials.credential(for: request) else {
            return refuse(
                .authenticationFailed,
                attempts == 1
                    ? "the host asks for credentials and there are none for it" : "the host refused the credentials",
                hint: url.transport == .ssh
                    ? "give the repository a key that the host accepts" : "the URL may also be wrong: hosts ask so")
        }
        return credential.make(out)
    }

    private func judge(_ certificate: UnsafeMutablePointer<git_cert>?, isValid: Bool, host: UnsafePointer<CChar>?)
        -> Int32
    {
        guard let certificate, certificate.pointee.cert_type == GIT_CERT_HOSTKEY_LIBSSH2 else {
            return isValid
                ? 0
                : refuse(
                    .untrustedHost, "the host's TLS certificate is not valid for it",
                    hint: "add its certificate authority to the system's store")
        }
        let name = host.map { String(cString: $0) } ?? url.host ?? ""
        let key = UnsafeRawPointer(certificate).assumingMemoryBound(to: git_cert_hostkey.self).pointee
        return judge(key, isKnown: isValid, host: name)
    }

    private func judge(_ key: git_cert_hostkey, isKnown: Bool, host: String) -> Int32 {
        let unknown = "its ssh host key is not known"
        let hint = "verify the key and add it: ssh-keyscan \(host)"
        switch access.hostKeys {
        case .system:
            return isKnown ? 0 : refuse(.untrustedHost, "\(unknown), or has changed, in ~/.ssh/known_hosts", hint: hint)
        case .listed(let hosts):
            guard key.type.rawValue & GIT_CERT_SSH_RAW.rawValue != 0, let start = key.hostkey else {
                return refuse(.untrustedHost, "its ssh host key cannot be read")
            }
            let bytes = UnsafeRawBufferPointer(start: start, count: key.hostkey_len)
            switch hosts.answer(host: host, port: url.port ?? 22, key: Array(bytes)) {
            case .trusted: return 0
            case .unknown: return refuse(.untrustedHost, unknown, hint: hint)
            case .revoked: return refuse(.untrustedHost, "its ssh host key is revoked")
            case .different:
                return refuse(
                    .untrustedHost, "it shows another ssh host key than the ones listed for it",
                    hint: "this may be an attack; if the host was reinstalled, replace its keys")
            }
        }
    }
}
