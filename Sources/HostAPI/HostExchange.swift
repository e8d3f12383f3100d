import Foundation
import GitHosts
import HTTPClient
import Model

/// Sends requests to git hosts' APIs, each once and within bounds, and never follows where one is redirected to.
public struct HostExchange: Sendable {
    /// The longest answer that is read.
    private static let answerBytesMax = 1 << 20
    /// The header fields of an answer that are looked at.
    private static let headerNames = ["link", "retry-after", "x-ratelimit-remaining", "x-ratelimit-reset"]

    private let session: HTTPSession
    private let timeout: Duration
    private var proxy: Secret?

    /// Makes an exchange.
    ///
    /// - Parameter timeout: how long one request may take.
    public init(session: HTTPSession, timeout: Duration = .seconds(10)) {
        self.session = session
        self.timeout = timeout
    }

    /// The same exchange through a proxy.
    ///
    /// - Parameter proxy: its URL, which may hold user and password; nil connects directly.
    public func through(_ proxy: Secret?) -> HostExchange {
        var exchange = self
        exchange.proxy = proxy
        return exchange
    }

    /// Sends a request; every status is an answer.
    ///
    /// - Parameters:
    ///   - secrets: what neither the answer's words nor an error may repeat; the proxy's login never is.
    ///   - subject: what errors call the URL, for one that is a secret.
    public func send(
        _ call: HostCall, hiding secrets: [Secret], shownAs subject: String? = nil
    ) async throws(HTTPError) -> HostAnswer {
        let hidden = (secrets + [proxy].compactMap { $0 }).flatMap(\.echoes)
        var request = HTTPRequest(HTTPMethod(rawValue: call.method) ?? .post, call.url)
        for (name, value) in call.headers { request.headers[name] = value }
        if let body = call.body { request.body = .bytes(Array(body)) }
        request.timeouts = HTTPTimeouts(connect: min(timeout, .seconds(5)), total: timeout, stall: timeout)
        request.bodyBytesMax = Self.answerBytesMax
        request.redirects = .asResponse
        request.errorSubject = subject
        request.proxy = proxy?.text
        let response: HTTPResponse
        do throws(HTTPError) {
            response = try await session.send(request)
        } catch {
            throw HTTPError(
                code: error.code, operation: error.operation, subject: SecretMask.masked(error.subject, hiding: hidden),
                cause: SecretMask.masked(error.cause, hiding: hidden), hint: error.hint)
        }
        let headers = Self.headerNames.compactMap { name in response.headers[name].map { (name, $0) } }
        return HostAnswer(
            status: response.status, headers: Dictionary(headers) { first, _ in first }, body: response.body,
            hidden: hidden)
    }

    /// Sends a request and takes nothing but its success.
    ///
    /// - Parameters:
    ///   - operation: what it is for.
    ///   - secrets: what no error may show, beside the proxy's login.
    func accepted(
        _ call: HostCall, _ operation: String, hiding secrets: [Secret]
    ) async throws(HostAPIError) -> HostAnswer {
        let subject = "\(call.method) \(call.url.prefix { $0 != "?" })"
        let answer: HostAnswer
        do throws(HTTPError) {
            answer = try await send(call, hiding: secrets)
        } catch {
            guard error.code != .cancelled else { throw .cancelled(operation, subject) }
            let isAway = error.isTransient || error.code == .tls
            throw HostAPIError(
                isAway ? .unavailable : error.code == .invalidRequest ? .unusable : .garbled, operation: operation,
                subject: subject, cause: error.cause, hint: error.hint.isEmpty ? nil : error.hint)
        }
        switch answer.verdict(at: Date()) {
        case .accepted: return answer
        case .refused(let words):
            throw HostAPIError(
                answer.status == 401 ? .unauthorized : .refused, operation: operation, subject: subject, cause: words,
                status: answer.status)
        case .failed(let words, let pause):
            throw HostAPIError(
                .unavailable, operation: operation, subject: subject, cause: words, status: answer.status, pause: pause)
        }
    }
}

extension HostAPIError {
    /// The error of a task that was cancelled.
    static func cancelled(_ operation: String, _ subject: String) -> HostAPIError {
        HostAPIError(.cancelled, operation: operation, subject: subject, cause: "it was cancelled")
    }
}
