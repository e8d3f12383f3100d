import Foundation
import GitHosts
import Model
import Store

extension NoticeTargetRequest {
    private static let textBytesMax = 2048
    private static let kindsMax = 50

    /// The target that is asked for, with its credentials.
    ///
    /// - Parameter repo: the repo that is named; nil for none.
    /// - Throws: a ``Problem`` when something is missing or makes no sense.
    func target(_ repo: Repo?) throws -> NewNoticeTarget {
        for (name, text) in [("package", package), ("environment", environment), ("project", project)] {
            if let text { try Self.check(text, name) }
        }
        switch service {
        case .slack, .webhook: return try receiver(repo)
        case .status, .deployments: return try gitHost(repo)
        }
    }

    private func receiver(_ repo: Repo?) throws -> NewNoticeTarget {
        guard let url else { throw Problem.invalid("'url' is missing") }
        let address = try Self.masked(url, "url")
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

    private func gitHost(_ repo: Repo?) throws -> NewNoticeTarget {
        guard let repo else { throw Problem.invalid("'repo' is missing: a git host is told of one repository") }
        guard on == nil else {
            throw Problem.invalid("'on' is for chats and webhooks; a git host is told all it shows")
        }
        guard let token, !token.isEmpty else { throw Problem.invalid("'token' is missing") }
        try Self.check(token, "token")
        guard let host = host ?? GitHost.told(by: repo.url) else {
            throw Problem.invalid(
                "the repository's URL does not tell what kind of git host it is on",
                hint: "say 'host': \(GitHost.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        let found =
            service == .deployments ? (host == .github ? .githubDeployment : nil) : NoticeTarget.Kind.status(of: host)
        guard let kind = found else {
            throw Problem(
                status: 422, code: "not_offered", detail: "\(host.rawValue) has no \(service.rawValue) that can be set",
                hint: "a webhook can be told instead")
        }
        guard let project = project ?? HostPlace.project(of: host, repository: repo.url) else {
            throw Problem.invalid(
                "the repository's URL does not tell what \(host.rawValue) calls it", hint: "say 'project': OWNER/NAME")
        }
        guard let api = api ?? HostPlace.api(of: host, repository: repo.url) else {
            throw Problem.invalid(
                "the repository's URL does not tell where the API of \(host.rawValue) is", hint: "say 'api': its URL")
        }
        _ = try Self.masked(api, "api")
        return NewNoticeTarget(
            kind: kind, repo: repo.id, address: api.hasSuffix("/") ? String(api.dropLast()) : api, project: project,
            credentials: NoticeCredentials(token: Secret(token)), package: package, environment: environment)
    }

    /// Scheme, host and port of a URL; what follows may be a secret.
    private static func masked(_ text: String, _ name: String) throws -> String {
        try check(text, name)
        guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
            scheme == "https" || scheme == "http", let host = parts.host, !host.isEmpty
        else { throw Problem.invalid("'\(name)' must be an http or https URL") }
        if name == "api", parts.user != nil || parts.query != nil || parts.fragment != nil {
            throw Problem.invalid("'api' must be a URL without user, query and fragment")
        }
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
