import Cryptography
import Foundation
import GitHosts
import Hummingbird
import Model
import Store

/// What git hosts send.
extension Endpoints {
    var webhookRoutes: [Route] {
        [
            Route(
                .post, "/webhooks/:host/:id", .signature, bodyBytesMax: limits.webhookBytesMax,
                timeout: limits.webhookTimeout,
                gate: .init(admit: { [webhooks] in try webhooks.admit($0, $1) }, budget: webhooks.budget), deliver)
        ] + webhookAdministrationRoutes
    }

    /// Takes a delivery: nothing of it is read before its signature was checked over the bytes that came.
    private func deliver(_ call: Call) async throws -> Response {
        let name = call.parameters.get("host") ?? ""
        guard let host = GitHost(rawValue: name) else {
            throw Problem.notFound(
                "git host of that name",
                hint: "known are: \(GitHost.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        let request = WebhookRequest(headers: call.headers, body: Array(call.body.readableBytesView))
        let repo = try await webhooks.checked(request, host, RepoID(call.parameters.get("id") ?? ""))
        let hint = host.hint(in: request)
        let id = try await webhooks.inbox.accept(
            NewWebhookDelivery(
                repo: repo, host: host, deliveryID: try hint.deliveryID ?? Self.name(for: request.body),
                source: webhooks.source(of: call.request, context: call.context).text, kind: hint.kind,
                event: hint.event, refs: hint.refs, refsLeftOut: hint.refsLeftOut, pusher: hint.pusher,
                problem: hint.problem, body: request.body))
        return WebhookReply(state: id == nil ? .duplicate : .accepted, delivery: id, kind: hint.kind).response
    }

    /// A name for a delivery that its host gave none: the same only for the same bytes within a minute, so that a ref
    /// which goes to and fro is never taken for a repetition.
    private static func name(for body: [UInt8]) throws(CryptographyError) -> String {
        let minute = Int(Date().timeIntervalSince1970) / 60
        return "unnamed-\(try SHA256.digest(of: body).hex.prefix(32))-\(minute)"
    }
}

extension Call {
    /// The headers by name, in lower case.
    fileprivate var headers: [String: String] {
        var headers: [String: String] = [:]
        for field in request.headers {
            let name = field.name.canonicalName
            headers[name] = headers[name].map { "\($0), \(field.value)" } ?? field.value
        }
        return headers
    }
}
