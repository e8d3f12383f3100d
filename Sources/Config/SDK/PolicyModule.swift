import Model
import Starlark

/// policy.star: what a policy answers with.
///
/// Each function returns a record whose type is the function's name; ``PolicyReader`` reads them.
enum PolicyModule {
    private static let module = "policy.star"

    /// `ready(inputs={}, valid=None)`.
    static let ready = SDKFunction.make(
        "ready", module: module, allowedIn: .policy, [.optional("inputs"), .optional("valid")]
    ) { call, _ in
        var inputs: [(String, HostValue)] = []
        if let argument = call.given("inputs") {
            guard let entries = argument.entries else {
                throw SDKFailure("inputs must be a dict, got \(argument.typeName)")
            }
            for (key, value) in entries {
                guard let name = key.string else {
                    throw SDKFailure("the keys of inputs must be strings, got \(key.typeName)")
                }
                _ = try PolicyReader.input(value, name: name)
                inputs.append((name, .reference(value)))
            }
        }
        if let valid = call.given("valid"), valid.typeName != "after" {
            throw SDKFailure("valid must be after(…), got \(valid.typeName)")
        }
        let valid = call["valid"].map(HostValue.reference) ?? .none
        return .record(HostRecord(type: "ready", fields: [("inputs", .dict(inputs)), ("valid", valid)]))
    }

    /// `later(msg="")`.
    static let later = SDKFunction.make(
        "later", module: module, allowedIn: .policy, [.optional("msg")]
    ) { call, _ in
        let message = try call.string("msg", default: "")
        return .record(HostRecord(type: "later", fields: [("msg", .string(message))]))
    }

    /// `skip()`.
    static let skip = SDKFunction.make("skip", module: module, allowedIn: .policy, []) { _, _ in
        .record(HostRecord(type: "skip", fields: []))
    }

    /// `static(value)`.
    static let constant = SDKFunction.make(
        "static", module: module, allowedIn: .policy, [.required("value")]
    ) { call, _ in
        let value = call["value"].map(HostValue.reference) ?? .none
        return .record(HostRecord(type: "static", fields: [("value", value)]))
    }

    /// `dependency(package, output=None, repo_id=None, environment=None, secret_name=None)`.
    static let dependency = SDKFunction.make(
        "dependency", module: module, allowedIn: .policy,
        [
            .required("package"), .optional("output"), .optional("repo_id"), .optional("environment"),
            .optional("secret_name"),
        ]
    ) { call, session in
        guard call.given("secret_name") == nil else {
            throw SDKFailure("secret_name is not available yet in this version of Ocuroot")
        }
        let package = try call.string("package")
        guard !package.isEmpty else { throw SDKFailure("package must not be empty") }
        var fields: [(String, HostValue)] = [("package", .string(package))]
        for name in ["output", "repo_id", "environment"] {
            let value = try call.optionalString(name)
            fields.append((name, value.map(HostValue.string) ?? .none))
        }
        return .record(HostRecord(type: "dependency", fields: fields))
    }

    /// `after(duration)`, which needs no load.
    static let after = SDKFunction.make(
        "after", module: "", allowedIn: .policy, [.required("duration")]
    ) { call, _ in
        let seconds = try call.duration("duration").secondsRoundedUp
        return .record(HostRecord(type: "after", fields: [("seconds", .int(Int(seconds)))]))
    }
}
