import Hummingbird

extension Endpoints {
    var healthRoutes: [Route] {
        [
            Route(.get, "/healthz", .everyone, bodyBytesMax: 0) { _ in try .json(["status": "alive"]) },
            Route(.get, "/readyz", .everyone, bodyBytesMax: 0, timeout: .seconds(3)) { [store] _ in
                _ = try await store.now()
                return try .json(["status": "ready"])
            },
        ]
    }
}
