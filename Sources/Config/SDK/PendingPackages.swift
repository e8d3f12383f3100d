import Model
import Starlark

/// The packages that a file declares while its top level still runs.
///
/// A function can be called from outside only when its file has run to its end and is frozen, so what `package` is
/// given is kept as it is until then.
final class PendingPackages: @unchecked Sendable {
    // Unchecked: used only by the thread that runs the file, during the run and right after it.
    private var calls: [Call] = []

    /// One `package(…)` call.
    struct Call {
        let name: PackageName
        let place: String
        let version: SDKVersion
        let functions: [PackageFunction: ValueReference]
        let tasks: [String: ValueReference]
    }

    /// No packages.
    init() {}

    /// Adds a package; a name that stands there already is refused.
    func add(_ call: Call, countMax: Int) throws(SDKFailure) {
        if let first = calls.first(where: { $0.name == call.name }) {
            throw SDKFailure("package '\(call.name)' is declared twice: first at \(first.place)")
        }
        guard calls.count < countMax else { throw SDKFailure("a file may declare at most \(countMax) packages") }
        calls.append(call)
    }

    /// Gives out the packages with their functions, once the file is frozen, and forgets them.
    func take() throws(SDKFailure) -> [DeclaredPackage] {
        defer { calls = [] }
        var packages: [DeclaredPackage] = []
        for call in calls {
            var functions: [PackageFunction: FunctionReference] = [:]
            for (kind, value) in call.functions {
                functions[kind] = try function(value, "\(kind.rawValue) of package '\(call.name)'")
            }
            var tasks: [String: FunctionReference] = [:]
            for (name, value) in call.tasks {
                tasks[name] = try function(value, "task '\(name)' of package '\(call.name)'")
            }
            packages.append(
                DeclaredPackage(name: call.name, version: call.version, functions: functions, tasks: tasks))
        }
        return packages
    }

    /// Forgets the packages, which keep the evaluation alive.
    func forget() { calls = [] }

    private func function(_ value: ValueReference, _ what: String) throws(SDKFailure) -> FunctionReference {
        guard let function = value.function else {
            throw SDKFailure("\(what) must be a function made by def or lambda, not a method of a value")
        }
        return function
    }
}
