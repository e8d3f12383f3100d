import Model
import Starlark

/// Evaluates repo and package files; one for the whole process, used by any number of tasks at once.
///
/// It remembers, up to a bound, what it compiled and evaluated by content, so that the same files cost little at
/// the next commit. Nothing that it evaluates can reach the host: config files only declare at their top level.
public final class ConfigEvaluator: Sendable {
    private let limits: ConfigLimits
    private let cache: ModuleCache
    private let library: Result<SDKLibrary, StarlarkError>

    /// Makes an evaluator.
    ///
    /// - Parameter modulesMax: how many compiled and evaluated files are remembered.
    public init(limits: ConfigLimits = ConfigLimits(), modulesMax: Int = 16_384) {
        self.limits = limits
        cache = ModuleCache(countMax: modulesMax)
        do throws(StarlarkError) {
            library = .success(try SDKLibrary())
        } catch {
            library = .failure(error)
        }
    }

    /// Evaluates repo.ocu.star at the root of the tree.
    ///
    /// Throws ``ConfigError/Code/missing`` when there is none, `invalid` or `limit` when it is wrong, `unreadable`
    /// when the tree cannot be read, `canceled` when the task was.
    public func repoFile(in tree: some SourceTree) async throws(ConfigError) -> RepoDeclaration {
        let path = ConfigFile.repo
        let library = try requireLibrary()
        let graph = try await LoadGraph.read([path], in: tree, cache: cache, library: library, limits: limits)
        if case .missing = graph.files[path] {
            throw ConfigError(
                .missing, operation: "evaluate", subject: path,
                cause: "the repo has no \(path) at its root, which declares its id and environments")
        }
        let evaluation = GraphEvaluation(
            roots: [path], graph: graph, cache: cache, library: library, limits: limits)
        let declared = try evaluation.result(path, phase: .repoFile).get().recorded.repo
        guard let name = declared.name else {
            throw ConfigError(
                .invalid, operation: "evaluate", subject: path,
                cause: "it does not call repo(id=…), which gives the repo its id")
        }
        return RepoDeclaration(name: name, environments: declared.environments)
    }

    /// Evaluates the package files of directories (`""` for the root), one element each, in order.
    ///
    /// What is wrong with one file is in its element. Throws only `unreadable` when the tree cannot be read,
    /// `canceled` when the task was, and `limit` when all of them together load too many files.
    public func packageFiles(
        in directories: [String], of tree: some SourceTree
    ) async throws(ConfigError) -> [EvaluatedPackageFile] {
        let paths = directories.map { ConfigFile.packageFile(in: $0) }
        let library = try requireLibrary()
        let graph = try await LoadGraph.read(paths, in: tree, cache: cache, library: library, limits: limits)
        guard !Task.isCancelled else { throw Self.canceled }
        let evaluation = GraphEvaluation(
            roots: paths, graph: graph, cache: cache, library: library, limits: limits)
        let files = await paths.concurrentMap { [limits] path in
            EvaluatedPackageFile(
                path: path, loads: graph.loads(of: path, countMax: limits.loadsMax),
                result: Task.isCancelled ? .failure(Self.canceled) : evaluation.result(path, phase: .packageFile),
                limits: limits)
        }
        guard !Task.isCancelled else { throw Self.canceled }
        return files
    }

    /// Evaluates the package file of one directory; see ``packageFiles(in:of:)``.
    public func packageFile(
        in directory: String, of tree: some SourceTree
    ) async throws(ConfigError) -> EvaluatedPackageFile {
        try await packageFiles(in: [directory], of: tree)[0]
    }

    private func requireLibrary() throws(ConfigError) -> SDKLibrary {
        do {
            return try library.get()
        } catch {
            throw ConfigError(error, code: .failed, operation: "make the SDK's modules", subject: "SDK")
        }
    }

    private static var canceled: ConfigError {
        ConfigError(.canceled, operation: "evaluate", subject: "config", cause: "the evaluation was canceled")
    }
}
