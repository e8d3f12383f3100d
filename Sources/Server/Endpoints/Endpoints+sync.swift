import Hummingbird
import Model
import Store

extension Endpoints {
    var syncRoutes: [Route] {
        [
            Route(.post, "/api/v1/sync", .person) { [store] call in
                let request = try call.json(SyncRequest.self)
                let filter = PlacementFilter(
                    repo: request.repo, package: request.package, environment: request.environment)
                try await checkKnown(filter)
                if request.retry {
                    return try .json(
                        SyncReply(count: try await Self.refusing { try await store.retry(filter: filter, as: "api") }))
                }
                return try .json(SyncReply(count: try await store.resync(filter: filter, as: "api")))
            }
        ]
    }
}
