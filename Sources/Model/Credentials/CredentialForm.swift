/// A credential with its secrets, on its way into the store, out of it to a runner, or sealed.
///
/// The fields that do not belong to the kind are nil. Printing it shows the kind alone.
public struct CredentialForm: Sendable, Hashable, Codable {
    /// What it is.
    public var kind: CredentialKind
    /// Of a password, a proxy or an ssh key: the user.
    public var user: String?
    /// The password or token, also a proxy's.
    public var secret: String?
    /// Of an ssh key or a certificate: the private key, PEM or OpenSSH's form; of a GitHub App, PEM.
    public var privateKey: String?
    /// Opens the private key.
    public var passphrase: String?
    /// Of a client certificate: it and those that vouch for it, PEM.
    public var certificates: String?
    /// Of known hosts: the text of a known_hosts file.
    public var knownHosts: String?
    /// Of a proxy: its URL without user and password.
    public var proxy: String?
    /// Of a GitHub App: its id, or its client id.
    public var app: String?
    /// Of a GitHub App: the id of the installation to be; nil for the one that each repository has.
    public var installation: String?
    /// Of a GitHub App: the base of the API's URLs; nil for what the URL tells that it is kept for.
    public var api: String?

    /// No field is longer.
    public static let fieldBytesMax = 64 << 10

    /// Makes a value from its parts.
    public init(
        _ kind: CredentialKind, user: String? = nil, secret: String? = nil, privateKey: String? = nil,
        passphrase: String? = nil, certificates: String? = nil, knownHosts: String? = nil, proxy: String? = nil,
        app: String? = nil, installation: String? = nil, api: String? = nil
    ) {
        self.kind = kind
        self.user = user
        self.secret = secret
        self.privateKey = privateKey
        self.passphrase = passphrase
        self.certificates = certificates
        self.knownHosts = knownHosts
        self.proxy = proxy
        self.app = app
        self.installation = installation
        self.api = api
    }

    private var fields: [(name: String, value: String?)] {
        [
            ("user", user), ("secret", secret), ("privateKey", privateKey), ("passphrase", passphrase),
            ("certificates", certificates), ("knownHosts", knownHosts), ("proxy", proxy), ("app", app),
            ("installation", installation), ("api", api),
        ]
    }

    /// Which fields a kind must have, and which it may.
    private var shape: (needed: Set<String>, allowed: Set<String>) {
        switch kind {
        case .password: (["user", "secret"], [])
        case .sshKey: (["privateKey"], ["user", "passphrase"])
        case .knownHosts: (["knownHosts"], [])
        case .clientCertificate: (["certificates", "privateKey"], ["passphrase"])
        case .proxy: (["proxy"], ["user", "secret"])
        case .gitHubApp: (["app", "privateKey"], ["installation", "api"])
        }
    }

    /// What is wrong with it, without any of its values; nil when it can be kept.
    public var problem: String? {
        let (needed, allowed) = shape
        for (name, value) in fields {
            guard let value else {
                if needed.contains(name) { return "'\(name)' is missing, which a \(kind.rawValue) needs" }
                continue
            }
            guard needed.contains(name) || allowed.contains(name) else { return "a \(kind.rawValue) has no '\(name)'" }
            guard value.utf8.count <= Self.fieldBytesMax else { return "'\(name)' is too long" }
            guard !value.utf8.contains(0) else { return "'\(name)' holds a zero byte" }
            if needed.contains(name), value.isEmpty, name != "secret" { return "'\(name)' is empty" }
        }
        if let user, user.contains(":") && kind != .sshKey { return "a user cannot hold a colon" }
        for text in [user, secret].compactMap({ $0 }) where text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) {
            return "user and secret cannot hold control characters or line breaks"
        }
        if let app, !Self.isID(app, mayHaveLetters: true) { return "the id of an App is a number, or its client id" }
        if let installation, !Self.isID(installation) { return "the id of an installation is a number" }
        return proxy.flatMap(Self.problem(withProxy:))
    }

    /// Whether a text is an id of GitHub's: digits or, of a client, also letters and dots.
    private static func isID(_ text: String, mayHaveLetters: Bool = false) -> Bool {
        (1...100).contains(text.utf8.count)
            && text.unicodeScalars.allSatisfy { scalar in
                ("0"..."9").contains(scalar)
                    || (mayHaveLetters
                        && (scalar == "." || ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)))
            }
    }

    private static func problem(withProxy url: String) -> String? {
        guard let colons = url.firstRange(of: "://"),
            ["http", "https", "socks5", "socks5h"].contains(url[..<colons.lowerBound].lowercased())
        else { return "a proxy is http://host:port, https://…, socks5://… or socks5h://…" }
        if url.contains("@") { return "user and password of a proxy are given apart from its URL" }
        let text = url[colons.upperBound...]
        return text.isEmpty || text.utf8.contains { $0 <= 0x20 || $0 == 0x7F } ? "the proxy's URL has no host" : nil
    }
}

extension CredentialForm: CustomStringConvertible, CustomReflectable {
    /// The kind alone.
    public var description: String { "\(kind.rawValue) ***" }
    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension CredentialForm {
    /// What may be seen of it without knowing more of keys and certificates: the user, and a proxy's address.
    ///
    /// A user that may be a token is not shown.
    public var facts: [String: String] {
        var facts: [String: String] = [:]
        if let user { facts["user"] = kind == .password && RepoURL.isToken(userWith: secret) ? "***" : user }
        for (name, value) in [("proxy", proxy), ("app", app), ("installation", installation), ("api", api)] {
            if let value { facts[name] = value }
        }
        return facts
    }
}
