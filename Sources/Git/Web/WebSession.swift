import CCurl
import Foundation
import Model

/// A conversation over http or https: who asks, where, and which answers are taken.
final class WebSession {
    /// As many redirects of one host are followed.
    private static let redirectsMax = 5

    let conversation: Conversation
    private let connections: WebConnections
    /// The repository's URL without user and password; moved by redirects within its host.
    private var address: String
    /// `Basic …`, once it is known.
    private var authorization: String?
    private var isAuthorizationAsked = false

    /// Nil when libcurl has no memory.
    init?(_ conversation: Conversation) {
        guard let connections = WebConnections(conversation.control) else { return nil }
        self.connections = connections
        self.conversation = conversation
        address = conversation.url.webAddress
    }

    /// Sends a request, again as the host asks for credentials or sends us elsewhere on it; an answer to read.
    func answer(to service: WebService, body: [UInt8]) throws(GitError) -> WebTransfer {
        if !isAuthorizationAsked { try authorize(isRequired: false) }
        var redirects = 0
        while true {
            let transfer = try reading { () throws(WebFailure) in
                let transfer = try WebTransfer(
                    connections, url: address + service.suffix,
                    headerLines: service.headerLines + (authorization.map { ["Authorization: \($0)"] } ?? []),
                    body: service == .list ? nil : body, access: conversation.access)
                try transfer.waitForHead()
                return transfer
            }
            switch transfer.head.status {
            case 200:
                try checkType(of: transfer.head, service)
                return transfer
            case 301, 302, 303, 307, 308:
                redirects += 1
                guard service == .list else { throw error(.failed, "it redirects a request for objects") }
                guard redirects <= Self.redirectsMax else {
                    throw error(.failed, "it redirects again and again")
                }
                address = try redirected(to: transfer.head.location ?? "", service)
            case 401:
                try authorize(isRequired: true)
            default:
                throw failure(transfer.head)
            }
        }
    }

    /// Runs what may fail in libcurl.
    func reading<Value>(_ body: () throws(WebFailure) -> Value) throws(GitError) -> Value {
        do throws(WebFailure) {
            return try body()
        } catch {
            let meaning = error.meaning
            throw self.error(meaning.code, error.text, hint: meaning.hint)
        }
    }

    /// The error of a bound that what a host sent, or would be sent, exceeds.
    func tooLarge(_ what: String) -> GitError { error(.tooLarge, "\(what) is too long") }

    /// Finds credentials; before the first request those that there are, after a refusal others.
    private func authorize(isRequired: Bool) throws(GitError) {
        let wasSent = authorization != nil
        isAuthorizationAsked = true
        guard let (user, secret) = conversation.webCredential() else {
            authorization = nil
            guard isRequired else { return }
            throw error(
                .authenticationFailed,
                wasSent
                    ? "the host refused the credentials" : "the host asks for credentials and there are none for it",
                hint: wasSent
                    ? "check user and token; 'ocuroot auth list' shows what is kept"
                    : "give some with 'ocuroot auth add'; the URL may also be wrong: hosts ask so")
        }
        authorization = "Basic " + Data("\(user):\(secret)".utf8).base64EncodedString()
        conversation.hide(authorization?.dropFirst(6))
    }

    /// A page in place of git's answer is what hosts show for addresses that are no repository.
    private func checkType(of head: WebHead, _ service: WebService) throws(GitError) {
        guard head.contentType.lowercased() != service.answerType else { return }
        let kind = head.contentType.isEmpty ? "something without a type" : head.contentType
        throw error(
            .failed, "it answers with \(kind.prefix(100)), which is not git's smart HTTP", hint: "check the URL")
    }

    /// Where the repository is said to be, if that is on the same host, by the same scheme and port.
    private func redirected(to location: String, _ service: WebService) throws(GitError) -> String {
        let isPath = location.hasPrefix("/") && !location.hasPrefix("//")
        let target = isPath ? conversation.url.webOrigin + location : location
        let shown = RepoURL.withoutPassword(String(target.prefix { $0 != "?" && $0 != "#" }.prefix(200)))
        guard let other = try? RemoteURL(target), other.userInfo == nil, other.isSameOrigin(as: conversation.url) else {
            throw error(
                .failed,
                "the host redirects to \(shown), which is another host, scheme or port, and that is not followed",
                hint: "if that is right, use that URL")
        }
        guard target.hasSuffix(service.suffix) else {
            throw error(.failed, "the host redirects to \(shown), which is no repository", hint: "check the URL")
        }
        return String(target.dropLast(service.suffix.count))
    }

    private func failure(_ head: WebHead) -> GitError {
        let cause = "the host answered with status \(head.status)"
        switch head.status {
        case 400 where address.hasPrefix("https"):
            return error(.failed, cause, hint: "the host may ask for a client certificate, see 'ocuroot auth add'")
        case 403: return error(.authenticationFailed, cause, hint: "the token may lack the right to read")
        case 404, 410:
            return error(
                .repositoryNotFound, cause,
                hint: authorization == nil
                    ? "check the path of the URL; a private repository may need credentials"
                    : "check the path of the URL, and whether the credentials may read it")
        case 407: return error(.authenticationFailed, cause, hint: "check the credentials of the proxy")
        case 429, 500...599:
            var error = error(.unreachable, cause, hint: nil)
            error.retryAfter = head.retryAfterSeconds.map { .seconds(min(max($0, 0), 3600)) }
            return error
        default: return error(.failed, cause)
        }
    }

    private func error(_ code: GitError.Code, _ cause: String, hint: String? = nil) -> GitError {
        GitError(code, operation: "talk to", subject: conversation.url.description, cause: cause, hint: hint)
    }
}
