import Cryptography
import Foundation
import Model

/// A GitHub App as whom we come to GitHub.
///
/// See <https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app>.
public struct GitHubApp: Sendable {
    /// How long before now a JWT is dated, for clocks that differ.
    private static let earlySeconds = 60
    /// How long after now it ends; GitHub takes ten minutes at most, by its own clock.
    private static let lifetimeSeconds = 9 * 60

    /// The user that goes with an installation's token where git asks for a user and a password.
    public static let gitUser = "x-access-token"

    /// Its id, or its client id.
    public let id: String
    /// The installation to be; nil for that of the repository.
    public let installation: String?
    /// The base of the API's URLs, without a slash at the end.
    public let api: String
    private let privateKey: Secret

    /// Makes a value from its parts.
    public init(id: String, privateKey: Secret, installation: String?, api: String) {
        self.id = id
        self.privateKey = privateKey
        self.installation = installation
        self.api = api
    }

    /// The App that is kept for the repositories under a URL; nil for a credential of another kind, or a URL without a
    /// host.
    public init?(_ form: CredentialForm, prefix: String) {
        guard form.kind == .gitHubApp, let app = form.app, let key = form.privateKey,
            let api = Self.api(form.api, prefix: prefix)
        else { return nil }
        self.init(id: app, privateKey: Secret(key), installation: form.installation, api: api)
    }

    /// The base of the API's URLs of an App that is kept for a URL.
    ///
    /// - Parameter given: what it was kept with; nil for what the URL tells.
    static func api(_ given: String?, prefix: String) -> String? {
        (given ?? HostPlace.api(of: .github, repository: prefix)).map(HostWay.bare)
    }

    /// What proves to GitHub that we are the App: a JWT, signed as RS256.
    ///
    /// - Throws: when the key is none.
    public func proof(at now: Date) throws(CryptographyError) -> Secret {
        let seconds = Int(now.timeIntervalSince1970)
        let claims: JSONObject = [
            "iat": .int(Int64(seconds - Self.earlySeconds)), "exp": .int(Int64(seconds + Self.lifetimeSeconds)),
            "iss": .string(id),
        ]
        let header: JSONObject = ["alg": .string("RS256"), "typ": .string("JWT")]
        let signed = [header, claims].map { Base64.encode(Self.text(of: $0), as: .urlSafe) }.joined(separator: ".")
        let signature = try RSAPrivateKey(pem: privateKey.text).signature(of: Array(signed.utf8))
        return Secret(signed + "." + Base64.encode(signature, as: .urlSafe))
    }

    private static func text(of object: JSONObject) -> [UInt8] {
        (try? JSONText.encode(object)).map(Array.init) ?? []
    }
}
