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
    public static func created(in body: [UInt8]) -> String? { AnswerWalk.id(of: body) }

    /// The id of the deployment with the key in the answer to ``find(_:at:)``; nil when there is none.
    public static func found(in body: [UInt8], key: String) -> String? {
        var found: Int64?
        let isList = AnswerWalk.elements(of: body) { walk throws(JSONWalk.Malformed) in
            var (id, name): (Int64?, String?) = (nil, nil)
            try walk.object { member, walk throws(JSONWalk.Malformed) in
                switch member {
                case "id": id = try walk.integer()
                case "payload":
                    try walk.object { member, walk throws(JSONWalk.Malformed) in
                        if member == "ocuroot" { name = try walk.string() }
                    }
                default: break
                }
            }
            if found == nil, name == key { found = id }
        }
        return isList ? found.map { String($0) } : nil
    }

    private static func base(_ place: HostPlace) -> String {
        "\(place.api)/repos/\(HostCall.path(place.project))/deployments"
    }
}
