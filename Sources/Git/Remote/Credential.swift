/// What proves to a git host who we are.
public enum Credential: Sendable {
    /// For https: a user and a password or token. For ssh hosts that take passwords as well.
    case password(user: String, secret: String)
    /// For ssh: the keys that the agent of `SSH_AUTH_SOCK` holds.
    case agent(user: String)
    /// For ssh: a private key in a file; `publicKeyFile` may be nil, the public key is then derived.
    case keyFile(user: String, privateKeyFile: String, publicKeyFile: String?, passphrase: String?)
    /// For ssh: a private key as its file would hold it, PEM or OpenSSH's own form.
    case key(user: String, privateKey: String, passphrase: String?)
}
