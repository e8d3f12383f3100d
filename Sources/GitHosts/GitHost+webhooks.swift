import Cryptography
import Foundation
import Model

extension GitHost {
    /// The name of the event by which a server tests its own webhook, with hosts that have no ping.
    static let pingEvent = "ocuroot:ping"

    private static let keyByteCount = 32

    private var rules: any WebhookRules.Type {
        switch self {
        case .github: GitHubRules.self
        case .gitlab: GitLabRules.self
        case .gitea: GiteaRules.self
        case .bitbucket: BitbucketCloudRules.self
        case .bitbucketDataCenter: BitbucketDataCenterRules.self
        case .azure: AzureRules.self
        case .generic: GenericRules.self
        }
    }

    /// A new secret for a webhook, in a form that the host takes.
    ///
    /// - Throws: when OpenSSL's generator fails.
    public func makeWebhookSecret() throws(CryptographyError) -> Secret {
        switch self {
        case .gitlab, .generic: StandardSignature.secret(of: try SecureRandom.bytes(Self.keyByteCount))
        default: Secret(try SecureRandom.token(byteCount: Self.keyByteCount))
        }
    }

    /// Why a delivery is not to be believed; nil when it was signed, as the host does it, with one of the secrets.
    ///
    /// Looks at the bytes of the body as they came and reads nothing of them.
    ///
    /// - Throws: when OpenSSL fails.
    public func refusal(
        of request: WebhookRequest, secrets: [Secret], at now: Date
    ) throws(CryptographyError) -> WebhookRefusal? {
        var refusal = WebhookRefusal.wrong
        for secret in secrets {
            guard let found = try rules.refusal(of: request, secret: secret, at: now) else { return nil }
            if found != .wrong { refusal = found }
        }
        return refusal
    }

    /// What a delivery says; of the kind `unreadable`, with the reason, when that cannot be told.
    public func hint(in request: WebhookRequest) -> WebhookHint {
        var hint = rules.envelope(of: request)
        do throws(JSONWalk.Malformed) {
            try rules.read(request.json, into: &hint)
        } catch {
            return unreadable(
                hint, .malformed,
                error.isTooDeep
                    ? "it is nested more than \(JSONWalk.depthMax) deep, at byte \(error.offset)"
                    : "it is not JSON, at byte \(error.offset)")
        }
        if hint.kind == .push, hint.refs.isEmpty, hint.refsLeftOut == 0 {
            return unreadable(hint, .unexpected, "it names no ref")
        }
        return hint
    }

    private func unreadable(_ hint: WebhookHint, _ code: GitHostError.Code, _ cause: String) -> WebhookHint {
        var hint = hint
        hint.kind = .unreadable
        hint.problem = GitHostError(code, subject: "\(rawValue) \(hint.event)", cause: cause).description
        return hint
    }

    /// A ping of our own making, signed as the host signs.
    ///
    /// - Throws: when OpenSSL fails.
    public func ping(deliveryID: String, secret: Secret, at now: Date) throws(CryptographyError) -> WebhookRequest {
        let event = self == .github ? "ping" : self == .bitbucketDataCenter ? "diagnostics:ping" : Self.pingEvent
        let body = #"{"eventType":"\#(event)","event":"ping","id":"\#(deliveryID)","test":true}"#
        return try signed(Array(body.utf8), event: event, deliveryID: deliveryID, secret: secret, at: now)
    }

    /// A delivery with this body, under the headers that the host would send.
    ///
    /// - Throws: when OpenSSL fails.
    public func signed(
        _ body: [UInt8], event: String, deliveryID: String, secret: Secret, at now: Date
    ) throws(CryptographyError) -> WebhookRequest {
        var request = WebhookRequest(headers: ["content-type": "application/json"], body: body)
        try rules.sign(&request, event: event, deliveryID: deliveryID, secret: secret, at: now)
        return request
    }
}
