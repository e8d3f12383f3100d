import Cryptography
import Foundation
import GitHosts
import Model

/// The tokens of GitHub Apps: got when they are needed, kept in memory, and renewed before they end.
public final class GitHubAppTokens: Sendable {
    /// What an App may be asked to be.
    private enum Key: Hashable {
        /// The installation that a repository has.
        case installation(revision: String, project: String)
        /// A token of an installation, of all that it may or of reading one repository.
        case token(revision: String, installation: String, reading: String?)
    }

    /// How many tokens and installations are remembered.
    private static let entriesMax = 4096
    /// How long before its end a token is renewed.
    private static let renewalSeconds: TimeInterval = 300
    /// No token is used for longer, whatever the host's clock says of it; GitHub's are good for an hour.
    private static let tokenSecondsMax: TimeInterval = 3600
    /// How long an installation is remembered.
    private static let installationSeconds: TimeInterval = 3600
    private static let operation = "get a token of a GitHub App"

    private let exchange: HostExchange
    private let answers: SharedAnswers<Key, Secret>
    private let now: @Sendable () -> Date

    /// Makes an empty store of tokens.
    ///
    /// - Parameter now: the time, as JWTs are dated.
    public init(exchange: HostExchange, now: @escaping @Sendable () -> Date = { Date() }) {
        self.exchange = exchange
        self.now = now
        answers = SharedAnswers(entriesMax: Self.entriesMax, now: now)
    }

    /// A token that is good for five minutes at least, unless it could not be renewed.
    ///
    /// However many ask at once, GitHub is asked once. What it refused is not asked again for half a minute, unless the
    /// App was kept anew.
    ///
    /// - Parameters:
    ///   - revision: names the App's key; another one after the credential was replaced.
    ///   - project: the repository, `OWNER/NAME`; nil where its URL does not tell, which needs an installation's id.
    ///   - isNarrow: whether the token is to read this repository alone, which its URL must tell then.
    ///   - proxy: through whom GitHub is reached; nil for nobody.
    public func token(
        of app: GitHubApp, revision: String, for project: String?, isNarrow: Bool = false, through proxy: Secret? = nil
    ) async throws(HostAPIError) -> Secret {
        let exchange = exchange.through(proxy)
        let installation = try await installation(of: app, revision, project, exchange)
        let reading = isNarrow ? try Self.named(project, app).split(separator: "/").last.map(String.init) : nil
        let key = Key.token(revision: revision, installation: installation, reading: reading)
        do throws(HostAPIError) {
            return try await answers.value(of: key, pause: Self.pause(after:)) { () throws(HostAPIError) in
                try await newToken(of: app, installation, reading: reading, exchange)
            }
        } catch {
            // The App was taken away and installed again: the next one asks which installation there is now.
            if error.status == 404 { forgetInstallation(installation, revision) }
            throw error
        }
    }

    /// Forgets a token that a host did not take.
    public func drop(_ token: Secret) {
        answers.forget { key, value in
            if case .token = key { value == token } else { false }
        }
    }

    private func forgetInstallation(_ id: String, _ revision: String) {
        answers.forget { key, value in
            if case .installation(revision, _) = key { value?.text == id } else { false }
        }
    }

    private func installation(
        of app: GitHubApp, _ revision: String, _ project: String?, _ exchange: HostExchange
    ) async throws(HostAPIError) -> String {
        if let id = app.installation { return id }
        let project = try Self.named(project, app)
        let key = Key.installation(revision: revision, project: project.lowercased())
        return try await answers.value(of: key, pause: Self.pause(after:)) { () throws(HostAPIError) in
            let proof = try proof(of: app)
            let answer = try await asking(
                GitHubAppCall.installation(of: project, app, proof: proof), proof, exchange,
                "the App is not installed for \(project), or there is no such repository")
            guard let id = GitHubAppCall.installation(in: answer.body) else { throw Self.garbled(app, "installation") }
            let end = now() + Self.installationSeconds
            return .init(value: Secret(id), renewAt: end, endsAt: end)
        }.text
    }

    private func newToken(
        of app: GitHubApp, _ installation: String, reading repository: String?, _ exchange: HostExchange
    ) async throws(HostAPIError) -> SharedAnswers<Key, Secret>.Kept {
        let proof = try proof(of: app)
        let call = GitHubAppCall.token(of: installation, reading: repository, app, proof: proof)
        let answer = try await asking(call, proof, exchange, "the App has no installation \(installation)")
        guard let token = GitHubAppCall.token(in: answer.body) else { throw Self.garbled(app, "token") }
        let now = now()
        let end = min(token.expiresAt, now + Self.tokenSecondsMax)
        guard end > now else { throw Self.garbled(app, "token that is still good") }
        // One that is short-lived is used for half its life, rather than once.
        let renewAt = max(end - Self.renewalSeconds, now + end.timeIntervalSince(now) / 2)
        return .init(value: token.secret, renewAt: renewAt, endsAt: end)
    }

    private func asking(
        _ call: HostCall, _ proof: Secret, _ exchange: HostExchange, _ absence: String
    ) async throws(HostAPIError) -> HostAnswer {
        do throws(HostAPIError) {
            return try await exchange.accepted(call, Self.operation, hiding: [proof])
        } catch {
            var explained = error
            explained.hint =
                switch error.status {
                case 401: "check the App's id and its key, and this machine's clock"
                case 403 where !error.isTransient:
                    "the App may be suspended, or lack a permission that its installation has not accepted yet"
                case 404: "\(absence): install it, or correct its id"
                case 422: "the installation may not read that repository, or not its contents"
                default: error.hint
                }
            throw explained
        }
    }

    private func proof(of app: GitHubApp) throws(HostAPIError) -> Secret {
        do throws(CryptographyError) {
            return try app.proof(at: now())
        } catch {
            throw HostAPIError(
                .unusable, operation: Self.operation, subject: "App \(app.id)",
                cause: "\(error.subject): \(error.cause)",
                hint: "keep the App with its key again")
        }
    }

    private static func named(_ project: String?, _ app: GitHubApp) throws(HostAPIError) -> String {
        if let project { return project }
        throw HostAPIError(
            .unusable, operation: operation, subject: "App \(app.id)",
            cause: "the repository's URL does not tell its owner and name, which GitHub is to be asked for",
            hint: "use the repository's URL as GitHub shows it")
    }

    private static func garbled(_ app: GitHubApp, _ what: String) -> HostAPIError {
        HostAPIError(
            .garbled, operation: operation, subject: app.api, cause: "the answer holds no \(what)",
            hint: "check that GitHub's API is at this address; --api names another")
    }

    /// How long GitHub is not asked again: half a minute or, when that may pass by itself, as long as it asks for, up to
    /// a quarter of an hour, or five seconds.
    private static func pause(after error: HostAPIError) -> Duration {
        guard error.isTransient else { return .seconds(30) }
        return min(max(error.pause ?? .seconds(5), .seconds(5)), .seconds(900))
    }
}
