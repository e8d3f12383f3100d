import Model
import Starlark

/// Makes the `ctx` of a policy.
enum PolicyContext {
    /// `ctx`, from what a policy may know.
    static func make(_ facts: PolicyFacts, version: SDKVersion) -> HostValue {
        var fields: [(String, HostValue)] = [
            ("build", build(facts.build)),
            ("environment", environment(facts.environment, facts.environmentAttributes)),
        ]
        if version == .v01Alpha {
            fields.append(("deployed_environments", .list(facts.deployedEnvironments.map(deployed))))
        }
        return .record(HostRecord(type: "policy_context", fields: fields))
    }

    /// `ctx.build`, as policies see it.
    private static func build(_ build: RunSpec.BuildFacts) -> HostValue {
        .record(
            HostRecord(
                type: "build",
                fields: CallContext.buildFields(build) + [
                    ("attributes", .data(.dict(JSONConversion.starlark(build.attributes)))),
                    ("annotations", .data(.dict(JSONConversion.starlark(build.annotations)))),
                ]))
    }

    /// `ctx.environment`.
    static func environment(_ name: EnvironmentName, _ attributes: JSONObject) -> HostValue {
        .record(
            HostRecord(
                type: "environment",
                fields: [
                    ("name", .string(name.rawValue)),
                    ("attributes", .data(.dict(JSONConversion.starlark(attributes)))),
                ]))
    }

    /// One element of `ctx.deployed_environments`.
    private static func deployed(_ environment: DeployedEnvironment) -> HostValue {
        let packages = Dictionary(environment.packages.map { ($0.package, $0) }) { first, _ in first }
        let state = SDKFunction.make(
            "package_state", module: "package.star", allowedIn: .policy,
            [.optional("name"), .optional("repo_id"), .optional("outputs")]
        ) { call, session in
            let package = try reference(call, session)
            session.record { recorded in
                if !recorded.reads.contains(package) { recorded.reads.append(package) }
            }
            return try packages[package].map { try describe($0, outputs: outputs(call)) } ?? .none
        }
        return .structure([
            ("name", .string(environment.name.rawValue)),
            ("attributes", .data(.dict(JSONConversion.starlark(environment.attributes)))),
            ("package_state", .function(state)),
        ])
    }

    /// The package that a call names; what is left out means the asking package and its repo.
    private static func reference(_ call: HostCall, _ session: Session) throws -> PackageReference {
        let name = try call.optionalString("name") ?? ""
        let repo = try call.optionalString("repo_id") ?? ""
        guard let own = session.package, let facts = session.facts else {
            throw SDKFailure("package_state can only be called in a policy function")
        }
        return PackageReference(
            repo: repo.isEmpty ? facts.repo : RepoName(repo), package: name.isEmpty ? own : PackageName(name))
    }

    /// The names that a call asks for; nil for all outputs.
    private static func outputs(_ call: HostCall) throws -> [String]? {
        guard let argument = call.given("outputs") else { return nil }
        guard let items = argument.items else {
            throw SDKFailure("outputs must be a list of strings, got \(argument.typeName)")
        }
        return try items.map { item in
            guard let name = item.string else {
                throw SDKFailure("outputs must be a list of strings, got \(item.typeName) in it")
            }
            return name
        }
    }

    /// What `package_state` returns of a package that is deployed; outputs that do not exist are None.
    private static func describe(_ package: DeployedPackage, outputs: [String]?) -> HostValue {
        var shown = package.outputs
        if let outputs, !outputs.isEmpty {
            shown = Dictionary(outputs.map { ($0, package.outputs[$0] ?? .null) }) { first, _ in first }
        }
        return .structure([
            ("name", .string(package.package.package.rawValue)), ("repo_id", .string(package.package.repo.rawValue)),
            ("build", build(package.build)), ("outputs", .data(.dict(JSONConversion.starlark(shown)))),
        ])
    }
}
