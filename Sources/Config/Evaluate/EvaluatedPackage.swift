import Model
import Starlark

/// A package at one commit: what it declares, and its functions, ready to be called.
public struct EvaluatedPackage: Sendable {
    /// What it declares.
    public let declaration: PackageDeclaration
    /// Whether its policy may ask what is deployed elsewhere, as SDK v0.1-alpha lets it.
    ///
    /// Only then ``PolicyFacts/deployedEnvironments`` must be filled.
    public let readsDeployments: Bool
    let functions: [PackageFunction: FunctionReference]
    let limits: ConfigLimits
    let version: SDKVersion
    /// Keeps the functions' globals alive.
    private let module: FrozenModule

    init(
        _ declared: DeclaredPackage, directory: String, loads: [LoadedFile], module: FrozenModule,
        limits: ConfigLimits
    ) {
        declaration = PackageDeclaration(
            name: declared.name, path: directory, functions: Set(declared.functions.keys),
            tasks: declared.tasks.keys.sorted(), loads: loads)
        readsDeployments = declared.version == .v01Alpha && declared.functions[.policy] != nil
        functions = declared.functions
        version = declared.version
        self.limits = limits
        self.module = module
    }

    /// How errors name the package.
    var subject: String {
        declaration.path.isEmpty
            ? "package '\(declaration.name)'" : "package '\(declaration.name)' in \(declaration.path)"
    }
}
