import HTTPTypes
import Hummingbird
import Model
import Store

extension Endpoints {
    var runRoutes: [Route] {
        [
            Route(.get, "/api/v1/runs", .person, bodyBytesMax: 0, runs),
            Route(.get, "/api/v1/runs/:id/log", .person, bodyBytesMax: 0, runLog),
        ]
    }

    /// Runs, newest first, narrowed by what the query names.
    private func runs(_ call: Call) async throws -> Response {
        let filter = RunFilter(
            change: try call.query("change", as: ChangeID.self), package: call.query("package"),
            environment: call.query("environment"), build: try call.query("build", as: BuildID.self),
            state: try call.query("state", oneOf: Run.State.self),
            limit: try call.limit(default: 50, atMost: 1000))
        return try .json(RunList(runs: try await store.runs(filter)))
    }

    /// The log of a Run as far as it is known; with `follow=true`, until the Run has ended.
    private func runLog(_ call: Call) async throws -> Response {
        let id: RunID = try call.id()
        guard try await store.run(id) != nil else { throw Problem.notFound("run \(id)") }
        let follow = try call.query("follow", as: Bool.self) ?? false
        let reader = RunLogReader(run: id, isFollowing: follow, store: store, log: log, signal: feed.signal)
        return Response(
            status: .ok, headers: [.contentType: "text/plain; charset=utf-8"], body: reader.body)
    }
}
