import HTTPTypes

extension WebhookReply {
    /// The headers of the answer to the git host, except for its length and time.
    static let headers: HTTPFields = [
        .contentType: "application/json; charset=utf-8", .xContentTypeOptions: "nosniff", .cacheControl: "no-store",
    ]

    /// The answer to the git host; written by hand, since an encoder takes longer than all else that is done for it.
    var text: String {
        let id = delivery.map { "\"delivery\":\"\($0)\"," } ?? ""
        return "{\(id)\"kind\":\"\(kind.rawValue)\",\"state\":\"\(state.rawValue)\"}"
    }
}
