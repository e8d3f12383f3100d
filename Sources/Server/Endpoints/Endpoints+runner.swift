import Hummingbird
import Model
import ObjectStore
import Store

/// The protocol that every runner speaks; what its token is worth, the Store decides.
extension Endpoints {
    var runnerRoutes: [Route] {
        [
            Route(.post, "/api/v1/runs/:id/start", .runner, start),
            Route(.post, "/api/v1/runs/:id/heartbeat", .runner, heartbeat),
            Route(.post, "/api/v1/runs/:id/log", .runner, bodyBytesMax: RunLog.pieceBytesMax, appendLog),
            Route(.get, "/api/v1/runs/:id/patch", .runner, bodyBytesMax: 0, patch),
            Route(.get, "/api/v1/runs/:id/credentials", .runner, bodyBytesMax: 0, credentials),
            Route(.post, "/api/v1/runs/:id/result", .runner, bodyBytesMax: 8 << 20, result),
        ]
    }

    /// Hands a Run to a runner, once: by its start token, or to a person with the API key.
    private func start(_ call: Call) async throws -> Response {
        let id: RunID = try call.id()
        let holder = call.query("holder") ?? "runner"
        let start =
            if let token = call.bearer {
                try await store.startRun(id, startToken: token, holder: holder, lease: limits.runLease)
            } else {
                try await store.claimRun(id, holder: holder, lease: limits.runLease)
            }
        return try .json(start)
    }

    private func heartbeat(_ call: Call) async throws -> Response {
        try await store.heartbeat(try call.id(), leaseToken: try call.leaseToken(), lease: limits.runLease)
        return Response(status: .noContent)
    }

    /// Keeps a piece of log behind what earlier attempts at the Run have logged.
    ///
    /// When it cannot be kept, that is written on the Run, which goes on.
    private func appendLog(_ call: Call) async throws -> Response {
        let id: RunID = try call.id()
        let token = try call.leaseToken()
        guard let offset = try call.query("offset", as: Int64.self), offset >= 0 else {
            throw Problem.invalid("'offset' must be the number of bytes that came before")
        }
        let base = try await store.checkLease(id, leaseToken: token)
        let bytes = Array(call.body.readableBytesView)
        guard !bytes.isEmpty else { return Response(status: .noContent) }
        do {
            try await log.append(bytes, at: base + offset, to: id)
        } catch {
            call.logger.error("a log could not be kept", metadata: ["run": "\(id)", "error": "\(error)"])
            try await store.recordLogError(id, leaseToken: token, "\(error)")
            throw Problem(status: 507, code: "log_not_kept", detail: "the log could not be kept: \(error)")
        }
        try await store.recordLog(id, leaseToken: token, offset: offset, count: Int64(bytes.count))
        feed.signal.advance()
        return Response(status: .noContent)
    }

    /// The bytes of the patch that the Run's Change carries.
    private func patch(_ call: Call) async throws -> Response {
        let id: RunID = try call.id()
        try await store.checkLease(id, leaseToken: try call.leaseToken())
        guard let run = try await store.run(id), let build = try await store.build(run.build),
            let patch = try await store.change(build.change)?.patch
        else { throw Problem.notFound("patch for run \(id)") }
        let bytes = try await bucket.get(ObjectKey("patches/\(patch.hash)"))
        return Response(
            status: .ok, headers: [.contentType: "application/octet-stream"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// What the runner reads the Run's repository with, which no script of the Run is shown.
    private func credentials(_ call: Call) async throws -> Response {
        let id: RunID = try call.id()
        try await store.checkLease(id, leaseToken: try call.leaseToken())
        guard let url = try await store.sourceURL(of: id) else { throw Problem.notFound("run \(id)") }
        return try .json(RunCredentials(credentials: try await doors.runnerCredentials(url)))
    }

    private func result(_ call: Call) async throws -> Response {
        try await store.finishRun(
            try call.id(), leaseToken: try call.leaseToken(), try call.json(RunResult.self))
        return Response(status: .noContent)
    }
}

extension Call {
    /// The lease token of a runner.
    ///
    /// - Throws: a ``Problem`` when the caller sent the API key, which holds no lease.
    fileprivate func leaseToken() throws -> String {
        guard let bearer else {
            throw Problem(
                status: 403, code: "no_lease", detail: "the API key holds no lease on this run",
                hint: "start the run first and send the leaseToken of the answer")
        }
        return bearer
    }
}
