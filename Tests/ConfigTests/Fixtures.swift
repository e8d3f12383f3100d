import Config
import Foundation
import Model
import Testing

/// What the tests call functions with.
enum Fixtures {
    /// The text of a package file: the usual loads, and what a test adds.
    static func package(_ text: String, version: String = "v0") -> String {
        """
        load("github.com/ocuroot/sdk/\(version)/package.star", "package")
        load("github.com/ocuroot/sdk/\(version)/machine.star", "host")
        load("github.com/ocuroot/sdk/\(version)/encoding.star", "json", "yaml")

        """ + text
    }

    /// The text of a package file with a policy.
    static func policy(_ text: String) -> String {
        """
        load("github.com/ocuroot/sdk/v0/package.star", "package")
        load("github.com/ocuroot/sdk/v0/policy.star", "ready", "later", "skip", "static", "dependency")
        load("github.com/ocuroot/sdk/v0/env.star", "env"); load("github.com/ocuroot/sdk/v0/encoding.star", "yaml")

        """ + text
    }

    /// The package `app` of a tree with one package file at its root.
    static func evaluate(_ text: String, limits: ConfigLimits = ConfigLimits()) async throws -> EvaluatedPackage {
        let tree = MemoryTree(["package.ocu.star": text])
        let file = try await ConfigEvaluator(limits: limits).packageFile(in: "", of: tree)
        _ = try file.outcome.get()
        return try #require(file["app"])
    }

    /// What is wrong with a package file at the root.
    static func error(in text: String, limits: ConfigLimits = ConfigLimits()) async throws -> ConfigError {
        let tree = MemoryTree(["package.ocu.star": text])
        let file = try await ConfigEvaluator(limits: limits).packageFile(in: "", of: tree)
        guard case .failure(let error) = file.outcome else {
            throw Unexpected(what: "the file evaluated: \(file.declarations)")
        }
        return error
    }

    /// A test's own assumption does not hold.
    struct Unexpected: Error {
        let what: String
    }

    static func build(
        attributes: JSONObject = [:], annotations: JSONObject = [:], alias: String? = nil
    ) throws -> RunSpec.BuildFacts {
        RunSpec.BuildFacts(
            id: BuildID(rawValue: 42), sequence: 7, createdAt: Date(timeIntervalSince1970: 1_700_000_000.9),
            alias: alias, attributes: attributes, annotations: annotations)
    }

    static func commit(patch: ChangePatch? = nil) throws -> CommitFacts {
        CommitFacts(
            message: "Say hello", ref: "refs/heads/main",
            hash: try #require(CommitID(hex: String(repeating: "ab", count: 20))), patch: patch)
    }

    static func deployment(inputs: JSONObject = [:], outputs: JSONObject = [:]) -> RunSpec.DeploymentFacts {
        RunSpec.DeploymentFacts(
            id: DeploymentID(rawValue: 8), attempt: 1, environment: "production",
            environmentAttributes: ["type": .string("prod")], inputs: inputs, outputs: outputs)
    }

    static func facts(
        attributes: JSONObject = [:], annotations: JSONObject = [:], environment: EnvironmentName = "production",
        variables: [String: String] = [:], deployed: [DeployedEnvironment] = []
    ) throws -> PolicyFacts {
        PolicyFacts(
            repo: "shop", build: try build(attributes: attributes, annotations: annotations, alias: "v1.2"),
            environment: environment, environmentAttributes: ["type": .string("prod")],
            deployedEnvironments: deployed, variables: variables)
    }

    /// Calls the build function of a package file.
    static func runBuild(
        _ text: String, host: RecordingHost = RecordingHost(), patch: ChangePatch? = nil
    ) async throws -> FunctionResult {
        try await evaluate(text).run(
            FunctionCall(kind: .build, build: try build(), commit: try commit(patch: patch), deployment: nil),
            host: host)
    }

    /// Calls the deploy or destroy function of a package file.
    static func runDeploy(
        _ text: String, kind: Run.Kind = .deploy, host: RecordingHost = RecordingHost(),
        build: RunSpec.BuildFacts? = nil, deployment: RunSpec.DeploymentFacts = deployment()
    ) async throws -> FunctionResult {
        try await evaluate(text).run(
            FunctionCall(
                kind: kind, build: try build ?? Self.build(), commit: try commit(), deployment: deployment),
            host: host)
    }

    /// The error that a body throws.
    static func failure(_ body: () async throws -> Void) async throws -> ConfigError {
        do {
            try await body()
        } catch let error as ConfigError {
            return error
        }
        throw Unexpected(what: "nothing was thrown")
    }
}
