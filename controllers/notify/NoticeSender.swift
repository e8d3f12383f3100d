import Foundation
import GitHosts
import HTTPClient
import HostAPI
import Model
import Store

/// Tells one receiver one thing.
public struct NoticeSender: Sendable {
    private let exchange: HostExchange
    private let hosts: HostExchange
    private let link: StatusLink
    private let token: HostToken

    /// Makes a sender.
    ///
    /// - Parameters:
    ///   - session: sends the requests.
    ///   - hosts: sends those to git hosts; nil for the same.
    ///   - link: where people see more.
    ///   - timeout: how long one request may take.
    ///   - token: the token for a git host; the target's own unless another is given.
    public init(
        session: HTTPSession, hosts: HTTPSession? = nil, link: StatusLink, timeout: Duration = SendPolicy().timeout,
        token: @escaping HostToken = { _, stored in stored.map { HostPass($0) } }
    ) {
        exchange = HostExchange(session: session, timeout: timeout)
        self.hosts = HostExchange(session: hosts ?? session, timeout: timeout)
        self.link = link
        self.token = token
    }

    /// What a receiver answered, and what the git host calls what was made for the notice.
    struct Answer {
        var verdict: HostAnswer.Verdict
        var words: String
        /// The status; nil when nothing was answered.
        var status: Int?
        var body: [UInt8] = []
    }

    /// Sends a notice.
    ///
    /// - Parameter keep: called with what a git host calls what it made, before anything more is said of it.
    func send(
        _ notice: Notice, to target: NoticeTarget, _ credentials: NoticeCredentials,
        keep: (String) async throws -> Void
    ) async throws -> Answer {
        switch notice.payload {
        case .status(let status):
            return try await telling(target, credentials) { place in
                guard let host = target.kind.host,
                    let call = StatusCall.make(status, at: place, of: host, link: link.url(status.anchor))
                else { return Self.unusable }
                return await send(call, at: place)
            }
        case .deployment(let deployment):
            return try await telling(target, credentials) { place in
                try await send(deployment, of: notice, at: place, keep: keep)
            }
        case .event(let event):
            return try await send(event, id: "\(notice.id)", to: target, credentials)
        }
    }

    private static let unusable = Answer(
        verdict: .refused("the target lacks its address, its token or its repository: remove it and add it again"),
        words: "nothing was sent")

    /// Tells a git host something, as whom the target says.
    ///
    /// Without a token that is to be got first, and when one that can be got anew is not taken, later attempts may
    /// succeed.
    private func telling(
        _ target: NoticeTarget, _ credentials: NoticeCredentials, _ send: (HostPlace) async throws -> Answer
    ) async throws -> Answer {
        let found: HostPass?
        do throws(HostAPIError) {
            found = try await token(target, credentials.token)
        } catch {
            let words = error.description + (error.hint.map { "; \($0)" } ?? "")
            return Answer(verdict: .failed(words, pause: error.pause), words: words)
        }
        guard let project = target.project, let pass = found else { return Self.unusable }
        var answer = try await send(
            HostPlace(api: target.address, project: project, token: pass.token, proxy: pass.proxy))
        if answer.status == 401, let renew = pass.renew {
            renew()
            answer.verdict = .failed(answer.words, pause: nil)
        }
        return answer
    }

    /// Makes the deployment unless an earlier attempt has, then says how it goes.
    private func send(
        _ deployment: HostDeployment, of notice: Notice, at place: HostPlace, keep: (String) async throws -> Void
    ) async throws -> Answer {
        var id = notice.remoteID
        if id == nil, notice.attempts > 1 {
            let answer = await send(GitHubDeploymentCall.find(deployment, at: place), at: place)
            guard answer.verdict == .accepted else { return answer }
            id = GitHubDeploymentCall.found(in: answer.body, key: notice.key)
            if let id { try await keep(id) }
        }
        if id == nil {
            let call = GitHubDeploymentCall.create(deployment, key: notice.key, at: place)
            let answer = await send(call, at: place)
            guard answer.verdict == .accepted else { return answer }
            id = GitHubDeploymentCall.created(in: answer.body)
            if let id { try await keep(id) }
        }
        guard let id else {
            return Answer(verdict: .refused("the answer names no deployment"), words: "no deployment was made")
        }
        let call = GitHubDeploymentCall.setState(
            deployment, id: id, at: place, link: link.url(deployment.anchor))
        return await send(call, at: place)
    }

    private func send(
        _ event: EventFacts, id: String, to target: NoticeTarget, _ credentials: NoticeCredentials
    ) async throws -> Answer {
        guard let url = credentials.url else { return Self.unusable }
        let link = event.anchor.isEmpty ? link.url("") : link.url(event.anchor)
        var headers = ["Content-Type": "application/json"]
        let body: Data
        if target.kind == .slack {
            body = try JSONText.encode(["text": MessageText.line(event, link: link)])
        } else {
            body = try JSONText.encode(WebhookBody(event, link: link))
            guard let key = credentials.signing else { return Self.unusable }
            headers.merge(
                try StandardSignature.headers(id: id, body: Array(body), secret: key, at: Date())
            ) { $1 }
        }
        let call = HostCall(method: "POST", url: url.text, headers: headers, body: body)
        return await send(call, over: exchange, hiding: [url], shownAs: target.address)
    }

    /// Sends a request to a git host.
    private func send(_ call: HostCall, at place: HostPlace) async -> Answer {
        await send(call, over: hosts.through(place.proxy), hiding: [place.token])
    }

    private func send(
        _ call: HostCall, over exchange: HostExchange, hiding secrets: [Secret], shownAs subject: String? = nil
    ) async -> Answer {
        do throws(HTTPError) {
            let answer = try await exchange.send(call, hiding: secrets, shownAs: subject)
            return Answer(
                verdict: answer.verdict(at: Date()), words: answer.words, status: answer.status, body: answer.body)
        } catch {
            let words = error.description
            let isFinal = error.code == .invalidRequest
            return Answer(verdict: isFinal ? .refused(words) : .failed(words, pause: nil), words: words)
        }
    }
}

extension NoticeSender {
    /// Tells a target something that says that it is a test; nothing is recorded.
    ///
    /// - Parameter commit: the commit that gets the status; nil for none, which git hosts are not told anything of.
    /// - Returns: whether it was taken, and what the receiver said.
    public func test(
        _ target: NoticeTarget, _ credentials: NoticeCredentials, commit: CommitID?
    ) async throws -> (isDelivered: Bool, words: String) {
        let answer = try await testAnswer(target, credentials, commit)
        switch answer.verdict {
        case .accepted: return (true, answer.words)
        case .refused(let words): return (false, words)
        case .failed(let words, _): return (false, words)
        }
    }

    private func testAnswer(
        _ target: NoticeTarget, _ credentials: NoticeCredentials, _ commit: CommitID?
    ) async throws -> Answer {
        if target.kind == .githubDeployment {
            return try await telling(target, credentials) { place in
                await send(GitHubDeploymentCall.probe(place), at: place)
            }
        }
        var event = EventFacts(
            Event(
                id: EventID(rawValue: 1), at: Date(), kind: "notification.test", actor: "api",
                message: "This is a test: Ocuroot reaches you as \(target.id).", data: [:]))
        event.repo = target.repoName
        var payload = Notice.Payload.event(event)
        if target.kind.host != nil {
            guard let commit else {
                let words = "nothing of the repository was delivered yet, so there is no commit to set a status of"
                return Answer(verdict: .refused(words), words: words)
            }
            payload = .status(
                CommitStatus(
                    commit: commit, context: "ocuroot/test", state: .success, description: event.message,
                    anchor: event.anchor))
        }
        let notice = Notice(
            id: NoticeID(rawValue: 1), target: target.id, key: "test", payload: payload, revision: 1, remoteID: nil,
            state: .pending, attempts: 1, since: Date(), dueAt: Date(), error: nil)
        return try await send(notice, to: target, credentials) { _ in }
    }
}
