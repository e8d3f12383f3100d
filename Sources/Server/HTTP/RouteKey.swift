import HTTPTypes
import Hummingbird

/// Names a route: a method and a path template such as `/api/v1/runs/:id/log`.
struct RouteKey: Hashable, Sendable {
    /// What the router calls the path of a request that no route takes.
    static let notFoundPath = "NotFound"

    let method: HTTPRequest.Method
    let path: String
}
