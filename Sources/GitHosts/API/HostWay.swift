import Model

/// The way to a git host's API for one repository: where it is, what the repository is called there, and as whom.
public struct HostWay: Sendable {
    /// Why there is no way.
    public struct Obstacle: Error, Sendable, Equatable {
        /// What is missing or wrong, a sentence without a full stop.
        public let detail: String
        /// What to do about it.
        public let hint: String
    }

    /// The base of the API's URLs, without a slash at the end.
    public let api: String
    /// What the host calls the repository, such as `acme/shop`.
    public let project: String
    /// The kept credential whose secret goes along; nil for a token that is given.
    public let credential: StoredCredential?

    /// The way of a token that is given.
    ///
    /// - Parameters:
    ///   - url: the repository's.
    ///   - api: the base of the API's URLs; nil where the repository's URL tells.
    ///   - project: what the host calls the repository; nil where the repository's URL tells.
    /// - Throws: an ``Obstacle`` when something is not told.
    public init(to host: GitHost, of url: String, api: String?, project: String?) throws(Obstacle) {
        self.project = try Self.project(project, host, url)
        if let problem = api.flatMap(HostPlace.problem(withAPI:)) { throw Obstacle(problem, "give its URL") }
        guard let api = api ?? HostPlace.api(of: host, repository: url) else {
            throw Obstacle(
                "the repository's URL does not tell where the API of \(host.rawValue) is",
                "give --api URL, over HTTP 'api'")
        }
        self.api = Self.bare(api)
        credential = nil
    }

    /// The way of a credential that is kept for the repository, or for its URL in a browser.
    ///
    /// Its secret goes to no other place than the one that it was kept for: a GitHub App has an API, a password goes to
    /// the API that its URL tells, or to one of the same scheme, host and port.
    ///
    /// - Parameters:
    ///   - url: the repository's.
    ///   - kept: all credentials that there are.
    ///   - api: the base of the API's URLs; nil for the credential's.
    ///   - project: what the host calls the repository; nil where the repository's URL tells.
    /// - Throws: an ``Obstacle`` when none fits, or the API is not the credential's.
    public init(
        to host: GitHost, of url: String, keptIn kept: [StoredCredential], api: String?, project: String?
    ) throws(Obstacle) {
        self.project = try Self.project(project, host, url)
        let place = RemotePlace(url)?.web.description
        guard let place,
            let found = StoredCredential.matching(place, among: kept).first(where: \.kind.isIdentity)
        else {
            throw Obstacle(
                "no token was given, and no password or GitHub App is kept for \(place ?? "the repository's URL")",
                "give a token, or keep one with 'ocuroot auth add'")
        }
        let own = try Self.own(found, host, place)
        if let api, Self.bare(api) != own {
            let isNear = found.kind == .password && RemotePlace(api)?.origin == RemotePlace(found.prefix)?.origin
            guard isNear, HostPlace.problem(withAPI: api) == nil else {
                throw Obstacle(
                    "the \(found.kind.rawValue) that is kept for \(found.prefix) is not sent to another API",
                    "leave 'api' out, or give a token with it")
            }
            self.api = Self.bare(api)
        } else if let own {
            self.api = own
        } else {
            throw Obstacle(
                "the \(found.kind.rawValue) that is kept for \(found.prefix) belongs to no API of \(host.rawValue)",
                "give a token, and the API's URL as 'api'")
        }
        credential = found
    }

    /// The API that a credential belongs to; nil when it is none of the host's.
    private static func own(
        _ credential: StoredCredential, _ host: GitHost, _ place: String
    ) throws(Obstacle) -> String? {
        if credential.kind == .gitHubApp {
            guard host == .github else {
                throw Obstacle(
                    "what is kept for \(credential.prefix) is a GitHub App, which \(host.rawValue) does not know",
                    "give a token")
            }
            return GitHubApp.api(credential.facts["api"], prefix: credential.prefix)
        }
        guard let api = HostPlace.api(of: host, repository: place) else { return nil }
        // The one API that is not on the repository's host unless the URL says what kind that is.
        guard host != .bitbucket || GitHost.told(by: place) == host else { return nil }
        return api
    }

    private static func project(_ given: String?, _ host: GitHost, _ url: String) throws(Obstacle) -> String {
        if let given {
            guard let project = HostPlace.project(given, of: host) else {
                throw Obstacle(
                    "'project' is not what \(host.rawValue) calls a repository", "say OWNER/NAME, as its page shows it")
            }
            return project
        }
        guard let project = HostPlace.project(of: host, repository: url) else {
            throw Obstacle(
                "the repository's URL does not tell what \(host.rawValue) calls it",
                "give --project OWNER/NAME, over HTTP 'project'")
        }
        return project
    }

    /// The base of an API's URLs without a slash at the end.
    static func bare(_ api: String) -> String { api.hasSuffix("/") ? String(api.dropLast()) : api }

    /// The token that a password is to a host's API.
    ///
    /// - Returns: the secret or, where a user stands without one, the user; for Bitbucket both, as its Basic form.
    public static func token(of password: CredentialForm, for host: GitHost) -> Secret {
        let (user, secret) = (password.user ?? "", password.secret ?? "")
        guard !secret.isEmpty, secret != "x-oauth-basic" else { return Secret(user) }
        let isBasic = (host == .bitbucket || host == .bitbucketDataCenter) && user != "x-token-auth"
        return Secret(isBasic ? "\(user):\(secret)" : secret)
    }
}

extension HostWay.Obstacle {
    fileprivate init(_ detail: String, _ hint: String) {
        self.detail = detail
        self.hint = hint
    }
}
