import Foundation
import GitHosts
import Model
import Store

extension NoticeTargetRequest {
    private static let textBytesMax = 2048
    private static let kindsMax = 50

    /// The target that is asked for, with its credentials.
    ///
    /// - Parameters:
    ///   - repo: the repo that is named; nil for none.
    ///   - way: finds the way to a host's API, of a token that is given or of what is kept.
    /// - Throws: a ``Problem`` when something is missing or makes no sense.
    func target(_ repo: Repo?, way: (Repo, GitHost) async throws -> HostWay) async throws -> NewNoticeTarget {
        for (name, text) in [("package", package), ("environment", environment), ("project", project)] {
            if let text { try Self.check(text, name) }
        }
        switch service {
        case .slack, .webhook: return try receiver(repo)
        case .status, .deployments: return try await gitHost(repo, way)
        }
    }

    private func receiver(_ repo: Repo?) throws -> NewNoticeTarget {
        guard let url else { throw Problem.invalid("'url' is missing") }
        let address = try Self.masked(url)
        let kind: NoticeTarget.Kind = service == .slack ? .slack : .webhook
        let on = on.flatMap { $0.isEmpty ? nil : $0 } ?? kind.standardEvents
        guard on.count <= Self.kindsMax else { throw Problem.invalid("'on' names more than \(Self.kindsMax) kinds") }
        for pattern in on { try Self.check(pattern, "on") }
        let signing = kind == .webhook ? try GitHost.generic.makeWebhookSecret() : nil
        return NewNoticeTarget(
            kind: kind, repo: repo?.id, address: address,
            credentials: NoticeCredentials(url: Secret(url), signing: signing), on: on, package: package,
            environment: environment)
    }

    private func gitHost(
        _ repo: Repo?, _ way: (Repo, GitHost) async throws -> HostWay
    ) async throws -> NewNoticeTarget {
        guard let repo else { throw Problem.invalid("'repo' is missing: a git host is told of one repository") }
        guard on == nil else {
            throw Problem.invalid("'on' is for chats and webhooks; a git host is told all it shows")
        }
        if let token { try Self.check(token, "token") }
        if let api { try Self.check(api, "api") }
        guard let host = host ?? GitHost.told(by: repo.url) else {
            throw Problem.invalid(
                "the repository's URL does not tell what kind of git host it is on",
                hint: "give --host, over HTTP 'host': "
                    + GitHost.allCases.filter { targetKind(at: $0) != nil }.map(\.rawValue).joined(separator: ", "))
        }
        guard let kind = targetKind(at: host) else {
            throw Problem(
                status: 422, code: "not_offered", detail: "\(host.rawValue) has no \(service.rawValue) that can be set",
                hint: "a webhook can be told instead")
        }
        let way = try await way(repo, host)
        return NewNoticeTarget(
            kind: kind, repo: repo.id, address: way.api, project: way.project,
            credentials: NoticeCredentials(token: token.map { Secret($0) }), package: package, environment: environment)
    }

    /// What a git host is told as; nil when it takes nothing of the kind.
    private func targetKind(at host: GitHost) -> NoticeTarget.Kind? {
        guard service == .deployments else { return NoticeTarget.Kind.status(of: host) }
        return host == .github ? .githubDeployment : nil
    }

    /// Scheme, host and port of a URL; what follows may be a secret.
    private static func masked(_ url: String) throws -> String {
        try check(url, "url")
        guard let parts = URLComponents(string: url), let scheme = parts.scheme?.lowercased(),
            scheme == "https" || scheme == "http", let host = parts.host, !host.isEmpty
        else { throw Problem.invalid("'url' must be an http or https URL") }
        return "\(scheme)://\(host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host)"
            + (parts.port.map { ":\($0)" } ?? "") + "/***"
    }

    private static func check(_ text: String, _ name: String) throws {
        guard !text.isEmpty, text.utf8.count <= textBytesMax, !text.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F })
        else {
            throw Problem.invalid(
                "'\(name)' must have 1 to \(textBytesMax) bytes, no spaces and no control characters")
        }
    }
}
