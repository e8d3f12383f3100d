import Foundation
import Model

/// The calls by which a GitHub App gets a token.
///
/// See <https://docs.github.com/en/rest/apps/apps>.
public enum GitHubAppCall {
    /// A token of an installation.
    public struct Token: Sendable {
        /// Sent with every call, and as password to git.
        public let secret: Secret
        /// When it ends, by GitHub's clock.
        public let expiresAt: Date
    }

    private static let tokenBytesMax = 4096

    /// Asks which installation of the App a repository has.
    ///
    /// - Parameter project: `OWNER/NAME`.
    public static func installation(of project: String, _ app: GitHubApp, proof: Secret) -> HostCall {
        let place = HostPlace(api: app.api, project: project, token: proof)
        return HostCall(
            method: "GET", url: "\(app.api)/repos/\(HostCall.path(project))/installation",
            headers: place.headers(of: .github))
    }

    /// Asks for a token of an installation.
    ///
    /// - Parameter repository: the name of the only repository that the token may read; nil for all that the
    ///   installation may.
    public static func token(
        of installation: String, reading repository: String? = nil, _ app: GitHubApp, proof: Secret
    ) -> HostCall {
        let place = HostPlace(api: app.api, project: "", token: proof)
        return .post(
            "\(app.api)/app/installations/\(PercentEncoding.encode(installation))/access_tokens",
            place.headers(of: .github),
            [
                "repositories": repository.map { .array([.string($0)]) },
                "permissions": repository.map { _ in .object(["contents": .string("read")]) },
            ])
    }

    /// The id of the installation that an answer names; nil when there is none in it.
    public static func installation(in body: [UInt8]) -> String? { AnswerWalk.id(of: body) }

    /// The token that an answer brings; nil when there is none in it that could be sent.
    public static func token(in body: [UInt8]) -> Token? {
        var (token, time): (String?, String?) = (nil, nil)
        let isObject = AnswerWalk.members(of: body) { key, walk throws(JSONWalk.Malformed) in
            switch key {
            case "token": token = try walk.string()
            case "expires_at": time = try walk.string()
            default: break
            }
        }
        guard isObject, let token, let expiresAt = time.flatMap(JSONText.date),
            (1...tokenBytesMax).contains(token.utf8.count),
            token.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { return nil }
        return Token(secret: Secret(token), expiresAt: expiresAt)
    }
}
