import Foundation
import Model

/// What a notice target is told with, and nobody may see.
public struct NoticeCredentials: Hashable, Sendable {
    /// Where notices are posted; nil for a git host, whose address is no secret.
    public var url: Secret?
    /// The access token; nil for chats and programs.
    public var token: Secret?
    /// The key of signatures, as Standard Webhooks writes it; nil for all but programs.
    public var signing: Secret?

    /// Makes a value from its parts.
    public init(url: Secret? = nil, token: Secret? = nil, signing: Secret? = nil) {
        self.url = url
        self.token = token
        self.signing = signing
    }

    /// What the credentials of a target are sealed for.
    static func purpose(of target: NoticeTargetID) -> String { "notice target \(target)" }

    /// The form that is sealed.
    var text: Secret {
        let parts = ["url": url?.text, "token": token?.text, "signing": signing?.text].compactMapValues { $0 }
        return Secret((try? JSONText.encode(parts)).map { String(decoding: $0, as: UTF8.self) } ?? "{}")
    }

    /// Reads the form that is sealed.
    init(text: Secret) throws(StoreError) {
        guard let parts = try? JSONText.decode([String: String].self, from: Data(text.text.utf8)) else {
            throw StoreError(
                .corrupted, "open", "the stored credentials of a notice target are not what they should be")
        }
        self.init(
            url: parts["url"].map(Secret.init), token: parts["token"].map(Secret.init),
            signing: parts["signing"].map(Secret.init))
    }
}
