import Model
import Starlark

/// What one package file declares at one commit, or why it cannot be evaluated.
public struct EvaluatedPackageFile: Sendable {
    /// The directory of the file, `""` for the root.
    public let directory: String
    /// Every file that it loads, through any depth; also when it failed, as far as its loads are known.
    ///
    /// Files that are loaded but do not exist are listed too.
    public let loads: [LoadedFile]
    /// The packages in the order of their declaration, or what is wrong.
    ///
    /// The error's code is `missing` when there is no package file.
    public let outcome: Result<[EvaluatedPackage], ConfigError>
    /// What it printed, up to a bound.
    public let output: String

    /// The packages; none when the file failed.
    public var packages: [EvaluatedPackage] { (try? outcome.get()) ?? [] }

    /// What the packages declare; nothing when the file failed.
    public var declarations: [PackageDeclaration] { packages.map(\.declaration) }

    /// The package of a name; nil when the file failed or does not declare it.
    public subscript(name: PackageName) -> EvaluatedPackage? {
        packages.first { $0.declaration.name == name }
    }

    /// Reads what an evaluated file declared.
    init(path: String, loads: [LoadedFile], result: Result<EvaluatedModule, ConfigError>, limits: ConfigLimits) {
        let directory = RepoPath.directory(of: path)
        self.directory = directory
        self.loads = loads
        output = (try? result.get().recorded.output.text) ?? ""
        outcome = result.flatMap { module in
            guard !module.packages.isEmpty else {
                return .failure(
                    ConfigError(
                        .invalid, operation: "evaluate", subject: path,
                        cause: "it declares no package: call package(name=…) at its top level"))
            }
            return .success(
                module.packages.map {
                    EvaluatedPackage($0, directory: directory, loads: loads, module: module.module, limits: limits)
                })
        }
    }
}
