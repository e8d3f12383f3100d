import GitHosts
import HTTPTypes
import Model

/// A delivery that comes in: whom it is for, who sends it, and as much of its body as is there.
struct WebhookArrival: Sendable {
    let host: GitHost
    /// Nil when the address names none, which is told as little as that there is no such webhook.
    let repo: RepoID?
    let source: SourceAddress
    let head: HTTPRequest
    var body: [UInt8] = []

    /// What the signature is held against.
    var request: WebhookRequest {
        var headers: [String: String] = [:]
        for field in head.headerFields {
            let name = field.name.canonicalName
            headers[name] = headers[name].map { "\($0), \(field.value)" } ?? field.value
        }
        return WebhookRequest(headers: headers, body: body)
    }
}
