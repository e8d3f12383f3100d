import Model

extension RemoteAccess {
    /// The access that kept credentials give, at most one of each kind.
    ///
    /// Each is tried once in a conversation: trying again what was refused might lock an account. Without a key, ssh
    /// hosts are shown those of the user's agent; hosts that no kept key is known of are looked up in the user's
    /// known_hosts. A GitHub App is nothing here: whoever asks for credentials makes a token of it first.
    ///
    /// - Parameter renewal: gets another password; nil when there is no other.
    public init(_ credentials: [CredentialForm], authoritiesFile: String? = nil, renewal: AccessRenewal? = nil) {
        self.init(credentials: .agent, authoritiesFile: authoritiesFile)
        self.renewal = renewal
        var (password, key): (CredentialForm?, CredentialForm?) = (nil, nil)
        for form in credentials {
            switch form.kind {
            case .password: password = form
            case .sshKey:
                key = form
                sshUser = form.user ?? sshUser
            case .knownHosts: hostKeys = .listedOrSystem(KnownHosts(text: form.knownHosts ?? ""))
            case .clientCertificate:
                clientCertificate = ClientCertificate(
                    certificates: form.certificates ?? "", privateKey: form.privateKey ?? "",
                    passphrase: form.passphrase)
            case .proxy: proxy = RemoteProxy(url: form.proxy ?? "", user: form.user, secret: form.secret)
            case .gitHubApp: break
            }
        }
        self.credentials = Self.source(password: password, key: key, sshUser: sshUser, renewal)
    }

    private static func source(
        password: CredentialForm?, key: CredentialForm?, sshUser: String, _ renewal: AccessRenewal?
    ) -> CredentialSource {
        CredentialSource { request in
            guard request.attempt == 1 else {
                if request.takesPassword, !request.takesKey { renewal?.refuse() }
                return nil
            }
            if request.takesKey {
                let user = request.user ?? sshUser
                return key.map { .key(user: user, privateKey: $0.privateKey ?? "", passphrase: $0.passphrase) }
                    ?? .agent(user: user)
            }
            guard request.takesPassword, let password else { return nil }
            return .password(user: password.user ?? "", secret: password.secret ?? "")
        }
    }
}
