import Model
import Starlark

/// Makes the `ctx` of a build, deploy or destroy function, and reads afterwards what the function left in it.
///
/// Lives on one thread, as long as the call.
struct CallContext {
    /// `ctx` itself.
    let value: HostValue
    private let outputs: ValueReference
    private let secretOutputs: ValueReference?
    private let annotations: ValueReference?
    private let call: FunctionCall

    /// Makes the context of one call.
    init(_ call: FunctionCall, version: SDKVersion, in evaluation: Evaluation) throws(StarlarkError) {
        self.call = call
        if let deployment = call.deployment {
            outputs = try evaluation.make(.data(.dict(JSONConversion.starlark(deployment.outputs))))
            secretOutputs = try evaluation.make(.dict([]))
            annotations = try evaluation.make(.data(.dict(JSONConversion.starlark(call.build.annotations))))
        } else {
            outputs = try evaluation.make(.dict([]))
            secretOutputs = nil
            annotations = nil
        }
        guard let deployment = call.deployment, let secretOutputs, let annotations else {
            value = Self.buildContext(call, outputs, version)
            return
        }
        // A build's attributes were fixed when it succeeded: to change them is an error, not lost in silence.
        let attributes = try evaluation.makeFrozen(.data(.dict(JSONConversion.starlark(call.build.attributes))))
        value = Self.deployContext(
            deployment, outputs, secretOutputs,
            build: Self.buildFields(call.build) + [
                ("attributes", .reference(attributes)), ("annotations", .reference(annotations)),
            ])
    }

    /// What every `ctx.build` shows.
    static func buildFields(_ build: RunSpec.BuildFacts) -> [(String, HostValue)] {
        [
            ("id", .string("\(build.id)")), ("alias", .string(build.alias ?? "")),
            ("sequence", .int(Int(build.sequence))),
            ("created", .int(Int(build.createdAt.timeIntervalSince1970.rounded(.down)))),
        ]
    }

    private static func buildContext(
        _ call: FunctionCall, _ attributes: ValueReference, _ version: SDKVersion
    ) -> HostValue {
        let setAlias = SDKFunction.make(
            "set_alias", module: "", allowedIn: AllowedIn(phases: [.build]), [.required("alias")]
        ) { call, session in
            let alias = try call.string("alias")
            try DeclaredName.check(alias, of: "a build")
            session.record { $0.alias = alias }
            return .none
        }
        var build =
            buildFields(call.build).filter { $0.0 != "alias" } + [
                ("attributes", .reference(attributes)), ("set_alias", .function(setAlias)),
            ]
        if version == .v01Alpha { build.append(("outputs", .reference(attributes))) }
        return .record(
            HostRecord(
                type: "build_context",
                fields: [
                    ("build", .record(HostRecord(type: "build", fields: build))), ("commit", commit(call.commit)),
                ]))
    }

    private static func commit(_ commit: CommitFacts) -> HostValue {
        .record(
            HostRecord(
                type: "commit",
                fields: [
                    ("message", .string(commit.message)), ("ref", .string(commit.ref.rawValue)),
                    ("hash", .string(commit.hash.hex)), ("patch_hash", .string(commit.patch?.hash ?? "")),
                    ("patch_description", .string(commit.patch?.description ?? "")),
                    ("clean", .bool(commit.patch == nil)),
                ]))
    }

    private static func deployContext(
        _ deployment: RunSpec.DeploymentFacts, _ outputs: ValueReference, _ secretOutputs: ValueReference,
        build: [(String, HostValue)]
    ) -> HostValue {
        let deploy: [(String, HostValue)] = [
            ("id", .string("\(deployment.id)")),
            ("inputs", .data(.dict(JSONConversion.starlark(deployment.inputs)))), ("inputs_secret", .dict([])),
            ("outputs", .reference(outputs)), ("outputs_secret", .reference(secretOutputs)),
        ]
        return .record(
            HostRecord(
                type: "deploy_context",
                fields: [
                    ("deploy", .record(HostRecord(type: "deploy", fields: deploy))),
                    ("build", .record(HostRecord(type: "build", fields: build))),
                    (
                        "environment",
                        PolicyContext.environment(deployment.environment, deployment.environmentAttributes)
                    ),
                ]))
    }

    /// What the function left behind: what it filled in, and on top what it returned.
    func result(returned: ValueReference, alias: String?) throws -> FunctionResult {
        let name = call.deployment == nil ? "ctx.build.attributes" : "ctx.deploy.outputs"
        var values = try JSONConversion.object(outputs, path: name)
        values.merge(try Self.returnedOutputs(returned)) { _, new in new }
        if let secretOutputs, secretOutputs.truth {
            throw SDKFailure("ctx.deploy.outputs_secret is not available yet in this version of Ocuroot")
        }
        var changed: JSONObject = [:]
        if let annotations {
            let now = try JSONConversion.object(annotations, path: "ctx.build.annotations")
            for (key, value) in now where call.build.annotations[key] != value { changed[key] = value }
            for key in call.build.annotations.keys where now[key] == nil { changed[key] = .null }
        }
        return FunctionResult(outputs: values, alias: alias, annotations: changed)
    }

    private static func returnedOutputs(_ value: ValueReference) throws -> JSONObject {
        if value.isNone { return [:] }
        guard let entries = value.entries else {
            throw SDKFailure(
                "the function returned a value of type \(value.typeName): it must return None or "
                    + "{\"outputs\": {…}}")
        }
        var outputs: JSONObject = [:]
        for (key, content) in entries {
            guard key.string == "outputs" else {
                throw SDKFailure(
                    "the function returned a dict with the key \(key.description); only \"outputs\" is known")
            }
            outputs = try JSONConversion.object(content, path: "outputs")
        }
        return outputs
    }
}
