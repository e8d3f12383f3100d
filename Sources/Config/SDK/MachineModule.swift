import Starlark

/// machine.star and env.star: the machine that a runner works on.
enum MachineModule {
    private static let module = "machine.star"

    /// `host`.
    static var host: HostValue {
        .structure([
            ("shell", .function(shell)), ("os", .function(os)), ("arch", .function(arch)),
            ("env_var", .function(environmentVariable)),
        ])
    }

    /// `env`.
    static var env: HostValue { .structure([("get", .function(get))]) }

    private static let shell = SDKFunction.make(
        "host.shell", module: module, allowedIn: .runner,
        [
            .required("command"), .optional("shell"), .optional("env"), .optional("mute"),
            .optional("continue_on_error"),
        ]
    ) { call, session in
        var environment: [String: String] = [:]
        for (name, value) in try call.strings("env") {
            guard !name.isEmpty, !name.utf8.contains(UInt8(ascii: "=")), !name.utf8.contains(0) else {
                throw SDKFailure("'\(name)' cannot name an environment variable")
            }
            environment[name] = value
        }
        let command = ShellCommand(
            try call.string("command"), shell: try call.string("shell", default: "sh"), environment: environment,
            isMuted: try call.bool("mute", default: false),
            continuesOnError: try call.bool("continue_on_error", default: false))
        let outcome = try session.requireHost("host.shell").shell(command)
        return .structure([
            ("stdout", text(outcome.standardOutput)), ("stderr", text(outcome.standardError)),
            ("combined_output", text(outcome.combinedOutput)), ("exit_code", .int(Int(outcome.exitCode))),
        ])
    }

    private static let os = SDKFunction.make("host.os", module: module, allowedIn: .runner, []) { _, session in
        .string(try session.requireHost("host.os").operatingSystem)
    }

    private static let arch = SDKFunction.make("host.arch", module: module, allowedIn: .runner, []) { _, session in
        .string(try session.requireHost("host.arch").architecture)
    }

    private static let environmentVariable = SDKFunction.make(
        "host.env_var", module: module, allowedIn: .runner, [.required("name")]
    ) { call, session in
        let value = try session.requireHost("host.env_var").environmentVariable(try call.string("name"))
        return .string(value ?? "")
    }

    private static let get = SDKFunction.make(
        "env.get", module: "env.star", allowedIn: .runnerAndPolicy, [.required("key"), .optional("default")]
    ) { call, session in
        let key = try call.string("key")
        let value = session.facts.map { $0.variables[key] } ?? session.host?.environmentVariable(key)
        if let value { return .string(value) }
        return call["default"].map(HostValue.reference) ?? .none
    }

    /// What a command wrote, as text: bytes that are not UTF-8 become U+FFFD.
    private static func text(_ bytes: [UInt8]) -> HostValue {
        .string(String(decoding: bytes, as: UTF8.self))
    }
}
