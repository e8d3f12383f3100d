import CLibGit2
import Model

/// One exchange with a remote: what libgit2's callbacks need, and what they found wrong.
///
/// It lives on the executor of the mirror that talks; libgit2 calls back on that same thread.
final class Conversation {
    let url: RemoteURL
    var access: RemoteAccess
    let control: TransferControl
    private(set) var packByteCount = 0
    /// The key that an ssh host showed, trusted or not.
    var seenHostKey: HostKey?
    private var failure: GitError?
    private var attempts = 0
    /// What a host may send back and no error may show.
    private var secrets: [String]

    init(url: RemoteURL, access: RemoteAccess, control: TransferControl) {
        self.url = url
        self.access = access
        self.control = control
        secrets = [access.proxy?.secret, access.clientCertificate?.passphrase, url.userInfo?.password]
            .compactMap { $0 }
        // It may be a token; `git` is not, and would take the word out of every sentence.
        if let user = url.userInfo?.user, user != "git", [.http, .https].contains(url.transport) {
            secrets.append(user)
        }
    }

    /// Keeps a text out of every error.
    func hide(_ secret: (some StringProtocol)?) {
        if let secret { secrets.append(String(secret)) }
    }

    /// The callbacks that point to this object, which must outlive their use.
    func callbacks() throws(GitError) -> git_remote_callbacks {
        var callbacks = git_remote_callbacks()
        let code = git_remote_init_callbacks(&callbacks, UInt32(GIT_REMOTE_CALLBACKS_VERSION))
        try check(code, "prepare to talk to", url.description)
        callbacks.payload = Unmanaged.passUnretained(self).toOpaque()
        if [.http, .https].contains(url.transport) { callbacks.transport = WebTransport.make }
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
            let error =
                failure.map { $0.recast(operation: operation, subject: url.description) }
                ?? RemoteFailure.classify(library, url: url)
            return error.hiding(secrets)
        }
    }

    static func from(_ payload: UnsafeMutableRawPointer?) -> Conversation? {
        payload.map { Unmanaged<Conversation>.fromOpaque($0).takeUnretainedValue() }
    }

    /// Remembers why we end the conversation, which libgit2 is only told as its callback's failure.
    func refuse(_ error: GitError) -> Int32 {
        failure = error
        _ = git_error_set_str(Int32(GIT_ERROR_CALLBACK.rawValue), error.cause)
        return GIT_EUSER.rawValue
    }

    /// The same, with an error that is made of its parts.
    func refuse(_ code: GitError.Code, _ cause: String, hint: String? = nil) -> Int32 {
        refuse(GitError(code, operation: "talk to", subject: url.description, cause: cause, hint: hint))
    }

    /// The next user and password for an http host: the URL's own first; nil when there are no more.
    func webCredential() -> (user: String, secret: String)? {
        attempts += 1
        let named = url.userInfo
        if attempts == 1, let named, let password = named.password { return (named.user, password) }
        let request = CredentialRequest(
            url: url, user: named?.user, takesPassword: true, takesKey: false, attempt: attempts)
        guard case .password(let user, let secret) = access.credentials.credential(for: request) else {
            // A user alone may be a token.
            return attempts == 1 ? named.map { ($0.user, "") } : nil
        }
        secrets.append(secret)
        return (user, secret)
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
        if allowed & GIT_CREDENTIAL_USERNAME.rawValue != 0 {
            return git_credential_username_new(out, access.sshUser)
        }
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
                    ? "give a key that the host accepts, of type ed25519 or ecdsa; see 'ocuroot auth add'"
                    : "the URL may also be wrong: hosts ask so")
        }
        secrets += credential.secrets
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
        let key = UnsafeRawPointer(certificate).assumingMemoryBound(to: git_cert_hostkey.self).pointee
        return judge(key, isKnown: isValid, host: url.host ?? host.map { String(cString: $0) } ?? "")
    }
}
