import HTTPTypes

/// Where deliveries go: `/webhooks/HOST/ID`.
struct WebhookPath {
    let host: Substring
    let id: Substring

    /// Reads the target of a request; nil when it is no delivery's.
    init?(_ request: HTTPRequest) {
        let start = "/webhooks/"
        guard request.method == .post, let path = request.path, path.hasPrefix(start) else { return nil }
        let parts = request.plainPath.dropFirst(start.count).split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        (host, id) = (parts[0], parts[1])
    }
}
