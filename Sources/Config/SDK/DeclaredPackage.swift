import Model
import Starlark

/// What one `package(…)` call declared.
struct DeclaredPackage: Sendable {
    /// Its name.
    let name: PackageName
    /// The version of the SDK whose `package` was called.
    let version: SDKVersion
    /// Its functions.
    let functions: [PackageFunction: FunctionReference]
    /// Its tasks by name.
    let tasks: [String: FunctionReference]
}
