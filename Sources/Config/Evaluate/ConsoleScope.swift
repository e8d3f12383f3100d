import Model
import Starlark

/// What a console over a checkout knows: the SDK, the files of the checkout, and the globals of one of them.
///
/// At the console functions of the host are allowed, as in a task, and the answers of a policy, so that both may be
/// tried; what declares (`package`, `repo`, `environment`) is not.
public struct ConsoleScope: Sendable {
    /// Names that need no load.
    public let predeclared: FrozenModule

    /// How the console is to run.
    public let settings: EvaluationSettings

    private let path: String
    private let tree: DirectoryTree
    private let cache: ModuleCache
    private let library: SDKLibrary
    private let limits: ConfigLimits

    /// Makes the scope of a console.
    ///
    /// - Parameters:
    ///   - path: the file whose globals it begins with, from the root of the checkout; its directory is where
    ///     relative loads start. A name that does not exist makes a console of the directory alone.
    ///   - tree: the checkout.
    ///   - host: what functions may do to this machine.
    /// - Throws: ``ConfigError/Code/failed`` when the SDK's modules cannot be made.
    public init(
        path: String, tree: DirectoryTree, host: any HostEffects, limits: ConfigLimits = ConfigLimits()
    ) throws(ConfigError) {
        self.path = path
        self.tree = tree
        self.limits = limits
        cache = ModuleCache(countMax: 1024)
        do throws(StarlarkError) {
            library = try SDKLibrary()
        } catch {
            throw ConfigError(error, code: .failed, operation: "make the SDK's modules", subject: "SDK")
        }
        predeclared = library.universals
        let session = Session(
            phase: .console, limits: limits, host: host, directory: RepoPath.directory(of: path))
        settings = session.settings(limits.run)
    }

    /// Evaluates the file of the scope as a run would.
    ///
    /// - Returns: its globals, and what it printed.
    /// - Throws: what is wrong with the file, or `missing`.
    public func file() async throws(ConfigError) -> (module: FrozenModule, output: String) {
        let phase: Phase =
            switch RepoPath.name(of: path) {
            case ConfigFile.repo: .repoFile
            case ConfigFile.package: .packageFile
            default: .library
            }
        let module = try await evaluate(path, phase: phase)
        return (module.module, module.recorded.output.text)
    }

    /// The modules that load statements of the console ask for, by what they call them.
    ///
    /// - Throws: what is wrong with the first that cannot be loaded.
    public func modules(for loads: [LoadRequest]) async throws(ConfigError) -> [String: FrozenModule] {
        var modules: [String: FrozenModule] = [:]
        for request in loads {
            let load = ProgramLoad(request, in: path, library: library)
            let module: FrozenModule
            switch load.referent {
            case .nothing(let cause): throw load.failure(cause)
            case .sdk(let built): module = built
            case .file(let file):
                do throws(ConfigError) {
                    module = try await evaluate(file, phase: .library).module
                } catch {
                    throw error.loaded(by: load)
                }
            }
            if let error = load.missingName(in: module) { throw error }
            modules[request.module] = module
        }
        return modules
    }

    private func evaluate(_ path: String, phase: Phase) async throws(ConfigError) -> EvaluatedModule {
        let graph = try await LoadGraph.read([path], in: tree, cache: cache, library: library, limits: limits)
        return try GraphEvaluation(roots: [path], graph: graph, cache: cache, library: library, limits: limits)
            .result(path, phase: phase).get()
    }
}
