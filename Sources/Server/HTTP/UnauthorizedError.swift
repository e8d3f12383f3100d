import HTTPTypes
import Model

/// A caller that may not: 401, with the challenge that fits the route.
struct UnauthorizedError: Error {
    /// Whether a browser should ask its user for the key.
    let isForBrowsers: Bool
    /// Whether there were credentials, and they were wrong.
    let hadCredentials: Bool

    /// The `WWW-Authenticate` header.
    var challenge: String {
        isForBrowsers ? #"Basic realm="ocuroot", charset="UTF-8""# : #"Bearer realm="ocuroot""#
    }

    /// What the body says.
    var problem: Problem {
        Problem(
            status: 401, code: "unauthorized",
            detail: hadCredentials ? "these credentials are not valid here" : "this needs credentials",
            hint: "send the API key as 'Authorization: Bearer KEY'; the command line reads OCUROOT_API_KEY")
    }
}
