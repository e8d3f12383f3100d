import Model
import Starlark

/// package.star: what a package file declares.
enum PackageModule {
    /// `package(name, build, policy, deploy, destroy, tasks={})` of one version of the SDK.
    static func package(_ version: SDKVersion) -> HostFunction {
        SDKFunction.make(
            "package", module: "package.star", allowedIn: .packageFile,
            [.required("name")] + PackageFunction.allCases.map { .optional($0.rawValue) } + [.optional("tasks")]
        ) { call, session in
            try session.packages.add(try read(call, version), countMax: session.limits.packagesMax)
            return .none
        }
    }

    private static func read(_ call: HostCall, _ version: SDKVersion) throws -> PendingPackages.Call {
        let name = try call.string("name")
        try DeclaredName.check(name, of: "a package", by: .package)
        var functions: [PackageFunction: ValueReference] = [:]
        for kind in PackageFunction.allCases {
            functions[kind] = try call.given(kind.rawValue).map { try function($0, what: kind.rawValue) }
        }
        return PendingPackages.Call(
            name: PackageName(name), place: call.place, version: version, functions: functions,
            tasks: try tasks(call))
    }

    private static func tasks(_ call: HostCall) throws -> [String: ValueReference] {
        guard let argument = call.given("tasks") else { return [:] }
        guard let entries = argument.entries else {
            throw SDKFailure("tasks must be a dict of functions, got \(argument.typeName)")
        }
        var tasks: [String: ValueReference] = [:]
        for (key, value) in entries {
            guard let name = key.string else {
                throw SDKFailure("the keys of tasks must be strings, got \(key.typeName)")
            }
            try DeclaredName.check(name, of: "a task")
            tasks[name] = try function(value, what: "tasks[\"\(name)\"]")
        }
        return tasks
    }

    private static func function(_ value: ValueReference, what: String) throws(SDKFailure) -> ValueReference {
        guard value.isFunction else {
            throw SDKFailure("\(what) must be a function, got \(value.typeName)")
        }
        return value
    }
}
