import CLibGit2

extension Credential {
    /// What must not be seen of it.
    var secrets: [String] {
        switch self {
        case .password(_, let secret): [secret]
        case .agent: []
        case .keyFile(_, _, _, let passphrase): [passphrase].compactMap { $0 }
        case .key(_, let privateKey, let passphrase): [privateKey, passphrase].compactMap { $0 }
        }
    }

    /// Makes libgit2's form, which copies all texts.
    func make(_ out: UnsafeMutablePointer<UnsafeMutablePointer<git_credential>?>?) -> Int32 {
        switch self {
        case .password(let user, let secret):
            git_credential_userpass_plaintext_new(out, user, secret)
        case .agent(let user):
            git_credential_ssh_key_from_agent(out, user)
        case .keyFile(let user, let privateKeyFile, let publicKeyFile, let passphrase):
            git_credential_ssh_key_new(out, user, publicKeyFile, privateKeyFile, passphrase)
        case .key(let user, let privateKey, let passphrase):
            git_credential_ssh_key_memory_new(out, user, nil, privateKey, passphrase)
        }
    }
}
