import Foundation
import Model

/// The calls that tell GitHub of deployments.
///
/// See <https://docs.github.com/en/rest/deployments/deployments> and
/// <https://docs.github.com/en/rest/deployments/statuses>.
public enum GitHubDeploymentCall {
    /// Makes a deployment: of the commit as it is, whatever its statuses say.
    ///
    /// - Parameter key: kept in its payload, by which ``found(in:key:)`` knows it again.
    public static func create(_ deployment: HostDeployment, key: String, at place: HostPlace) -> HostCall {
        .post(
            base(place), place.headers(of: .github),
            [
                "ref": .string(deployment.commit.hex), "environment": .string(deployment.environment),
                "auto_merge": .bool(false), "required_contexts": .array([]),
                "transient_environment": .bool(false),
                "production_environment": .bool(false), "description": .string(deployment.description),
                "payload": .object(["ocuroot": .string(key)]),
            ])
    }

    /// Lists the newest deployments of the commit to the environment: an earlier attempt may have made it.
    public static func find(_ deployment: HostDeployment, at place: HostPlace) -> HostCall {
        let environment = PercentEncoding.encode(deployment.environment)
        return HostCall(
            method: "GET",
            url: "\(base(place))?sha=\(deployment.commit.hex)&environment=\(environment)&per_page=100",
            headers: place.headers(of: .github))
    }

    /// Says how a deployment goes.
    public static func setState(
        _ deployment: HostDeployment, id: String, at place: HostPlace, link: String?
    ) -> HostCall {
        .post(
            "\(base(place))/\(PercentEncoding.encode(id))/statuses", place.headers(of: .github),
            [
                "state": .string(deployment.state.rawValue), "description": .string(deployment.description),
                "log_url": link.map(JSONValue.string),
            ])
    }

    /// Asks for nothing but whether the token may.
    public static func probe(_ place: HostPlace) -> HostCall {
        HostCall(method: "GET", url: "\(base(place))?per_page=1", headers: place.headers(of: .github))
    }

    /// The id in the answer to ``create(_:key:at:)``; nil when there is none.
    public static func created(in body: Data) -> String? {
        guard case .object(let members)? = try? JSONText.decode(JSONValue.self, from: body) else { return nil }
        return id(of: members)
    }

    /// The id of the deployment with the key in the answer to ``find(_:at:)``; nil when there is none.
    public static func found(in body: Data, key: String) -> String? {
        guard case .array(let all)? = try? JSONText.decode(JSONValue.self, from: body) else { return nil }
        for case .object(let members) in all {
            if case .object(let payload)? = members["payload"], payload["ocuroot"] == .string(key) {
                return id(of: members)
            }
        }
        return nil
    }

    private static func id(of members: JSONObject) -> String? {
        guard case .int(let id)? = members["id"] else { return nil }
        return String(id)
    }

    private static func base(_ place: HostPlace) -> String {
        "\(place.api)/repos/\(HostCall.path(place.project))/deployments"
    }
}
