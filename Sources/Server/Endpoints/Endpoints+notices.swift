import Hummingbird
import Model
import Store

extension Endpoints {
    var noticeRoutes: [Route] {
        let base = "/api/v1/notify"
        return [
            Route(.get, "\(base)/targets", .person, bodyBytesMax: 0) { [store] _ in
                try .json(NoticeTargetList(targets: try await store.noticeTargets()))
            },
            Route(.post, "\(base)/targets", .person, addNoticeTarget),
            Route(.get, "\(base)/targets/:id", .person, bodyBytesMax: 0) { call in
                try .json(try await noticeTarget(try call.id()))
            },
            Route(.delete, "\(base)/targets/:id", .person, bodyBytesMax: 0, removeNoticeTarget),
            Route(.post, "\(base)/targets/:id/test", .person, timeout: .seconds(60)) { call in
                let id: NoticeTargetID = try call.id()
                guard let reply = try await notices(id) else { throw Problem.notFound("notice target \(id)") }
                return try .json(reply)
            },
            Route(.post, "\(base)/targets/:id/retry", .person) { call in
                let id = try await noticeTarget(try call.id()).id
                return try .json(try await retryNotices(nil, of: id))
            },
            Route(.get, "\(base)/notifications", .person, bodyBytesMax: 0, listNotices),
            Route(.get, "\(base)/notifications/:id", .person, bodyBytesMax: 0) { call in
                try .json(try await notice(try call.id()))
            },
            Route(.post, "\(base)/notifications/:id/retry", .person, retryNotice),
        ]
    }

    /// Adds a target; a key of signatures is told in the answer and never again.
    private func addNoticeTarget(_ call: Call) async throws -> Response {
        let request = try call.json(NoticeTargetRequest.self)
        let repo: Repo? = if let name = request.repo { try await self.repo(name) } else { nil }
        let new = try await request.target(repo) { repo, host in
            try await way(
                to: host, of: repo.url, api: request.api, project: request.project, isTokenGiven: request.token != nil)
        }
        let id = try await store.transaction(as: "api") { tx throws(StoreError) in
            try await tx.addNoticeTarget(new)
        }
        return try .json(
            NoticeTargetReply(target: try await noticeTarget(id), secret: new.credentials.signing?.text),
            status: .created)
    }

    private func removeNoticeTarget(_ call: Call) async throws -> Response {
        let id: NoticeTargetID = try call.id()
        let isRemoved = try await store.transaction(as: "api") { tx throws(StoreError) in
            try await tx.removeNoticeTarget(id)
        }
        guard isRemoved else { throw Problem.notFound("notice target \(id)") }
        return Response(status: .noContent)
    }

    /// Notices, newest first, narrowed by what the query names.
    private func listNotices(_ call: Call) async throws -> Response {
        let filter = NoticeFilter(
            target: try call.query("target", as: NoticeTargetID.self),
            state: try call.query("state", oneOf: Notice.State.self),
            limit: try call.limit(default: 50, atMost: 1000))
        return try .json(NoticeList(notifications: try await store.notices(filter)))
    }

    /// Sends again what was given up.
    private func retryNotice(_ call: Call) async throws -> Response {
        let notice = try await notice(try call.id())
        guard notice.state == .dead else {
            throw Problem(
                status: 409, code: "not_dead", detail: "\(notice.id) is \(notice.state.rawValue)",
                hint: "only what was given up can be tried again")
        }
        return try .json(try await retryNotices(notice.id, of: nil))
    }

    private func retryNotices(_ id: NoticeID?, of target: NoticeTargetID?) async throws -> NoticeRetryReply {
        NoticeRetryReply(
            count: try await store.transaction(as: "api") { tx throws(StoreError) in
                try await tx.retryNotices(id, of: target)
            })
    }

    private func noticeTarget(_ id: NoticeTargetID) async throws -> NoticeTarget {
        guard let target = try await store.noticeTarget(id) else {
            throw Problem.notFound("notice target \(id)", hint: "'ocuroot notify list' shows those there are")
        }
        return target
    }

    private func notice(_ id: NoticeID) async throws -> Notice {
        guard let notice = try await store.notice(id) else { throw Problem.notFound("notification \(id)") }
        return notice
    }
}
