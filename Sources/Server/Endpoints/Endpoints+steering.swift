import Foundation
import Hummingbird
import Model
import Store

extension Endpoints {
    var steeringRoutes: [Route] {
        [Route(.post, "/api/v1/steering", .person, steer)]
    }

    /// Does what the trailers of a commit would, for packages of every repo: all of it, or nothing.
    private func steer(_ call: Call) async throws -> Response {
        let request = try call.json(SteeringRequest.self)
        guard (1...SteeringTrailer.perCommitMax).contains(request.trailers.count) else {
            throw Problem.invalid("'trailers' has 1 to \(SteeringTrailer.perCommitMax) elements")
        }
        let person = try Self.person(request.by)
        return try await Self.refusing {
            try .json(SteeringReply(steering: try await store.steer(request.trailers, by: person)))
        }
    }

    /// Does what a person asks for, and says so when it cannot be done.
    static func refusing<Value>(_ work: () async throws -> Value) async throws -> Value {
        do {
            return try await work()
        } catch let error as StoreError where error.code == .invalid {
            throw Problem(
                status: 422, code: "steering_refused", detail: error.reason,
                hint: "nothing was changed; 'ocuroot status' lists packages, environments and builds")
        }
    }
}
