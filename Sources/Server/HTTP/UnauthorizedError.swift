import HTTPTypes
import Model

/// A caller that may not: 401, with the challenge that fits the route.
struct UnauthorizedError: Error {
    /// The `WWW-Authenticate` header.
    let challenge: String
    /// What the body says.
    let problem: Problem

    /// Asks for the API key.
    ///
    /// - Parameters:
    ///   - isForBrowsers: whether a browser should ask its user for the key.
    ///   - hadCredentials: whether there were credentials, and they were wrong.
    init(isForBrowsers: Bool, hadCredentials: Bool) {
        self.init(
            challenge: isForBrowsers ? #"Basic realm="ocuroot", charset="UTF-8""# : #"Bearer realm="ocuroot""#,
            detail: hadCredentials ? "these credentials are not valid here" : "this needs credentials",
            hint: "send the API key as 'Authorization: Bearer KEY'; the command line reads OCUROOT_API_KEY")
    }

    private init(challenge: String, detail: String, hint: String) {
        self.challenge = challenge
        problem = Problem(status: 401, code: "unauthorized", detail: detail, hint: hint)
    }

    /// Says that a delivery is not believed; the same whether there is such a webhook or not.
    static func webhook(_ host: GitHost) -> UnauthorizedError {
        UnauthorizedError(
            challenge: host == .azure ? #"Basic realm="ocuroot""# : #"Signature realm="ocuroot""#,
            detail: "there is no such webhook, or the delivery was not signed with its secret",
            hint: "'ocuroot webhook list' shows addresses, and why deliveries were refused; "
                + "'ocuroot webhook secret' makes another secret")
    }
}
