import Starlark

/// Evaluates the files of a graph: first all that are loaded, then each file that was asked for.
struct GraphEvaluation: Sendable {
    private let graph: LoadGraph
    private let order: LoadOrder
    private let cache: ModuleCache
    private let limits: ConfigLimits
    private let universals: FrozenModule
    private var libraries: [String: Result<EvaluatedModule, ConfigError>] = [:]

    /// Evaluates everything that `roots` load.
    init(roots: [String], graph: LoadGraph, cache: ModuleCache, library: SDKLibrary, limits: ConfigLimits) {
        universals = library.universals
        self.graph = graph
        self.cache = cache
        self.limits = limits
        order = LoadOrder(roots: roots, graph: graph)
        for path in order.paths {
            libraries[path] = result(path, phase: .library)
        }
    }

    /// Evaluates one file that was asked for.
    func result(_ path: String, phase: Phase) -> Result<EvaluatedModule, ConfigError> {
        do throws(ConfigError) {
            return .success(try evaluate(path, phase: phase))
        } catch {
            return .failure(error)
        }
    }

    private func evaluate(_ path: String, phase: Phase) throws(ConfigError) -> EvaluatedModule {
        switch graph.files[path] {
        case .program(let source):
            let program = try source.program.get()
            var modules: [String: FrozenModule] = [:]
            var dependencies: [EvaluatedModule] = []
            for load in source.references {
                modules[load.request.module] = try module(load, from: path, &dependencies)
            }
            return try cache.module(phase, source, dependencies) { () throws(ConfigError) in
                try run(program, phase: phase, modules: modules)
            }
        case .missing(let whatExists):
            throw ConfigError(.missing, operation: "evaluate", subject: path, cause: whatExists)
        case .obstructed(let what):
            throw ConfigError(.invalid, operation: "evaluate", subject: path, cause: what)
        case nil:
            throw ConfigError(.missing, operation: "evaluate", subject: path, cause: "the file was not read")
        }
    }

    /// The module that a load names; a module of the repo is added to what the loading file depends on.
    private func module(
        _ load: ProgramLoad, from path: String, _ dependencies: inout [EvaluatedModule]
    ) throws(ConfigError) -> FrozenModule {
        let module: FrozenModule
        switch load.referent {
        case .nothing(let cause): throw load.failure(cause)
        case .sdk(let built): module = built
        case .file(let file):
            if let cycle = order.cycles[path]?[file] ?? (file == path ? "\(path) → \(path)" : nil) {
                throw load.failure("load cycle: \(cycle)")
            }
            switch graph.files[file] {
            case .missing(let what), .obstructed(let what):
                throw load.failure("cannot load '\(load.request.module)': \(what)")
            case .program, nil: break
            }
            switch libraries[file] {
            case .success(let evaluated):
                dependencies.append(evaluated)
                module = evaluated.module
            case .failure(let error): throw error.loaded(by: load)
            case nil: throw load.failure("load cycle: \(file) is being loaded by what it loads")
            }
        }
        if let error = load.missingName(in: module) { throw error }
        return module
    }

    private func run(
        _ program: Program, phase: Phase, modules: [String: FrozenModule]
    ) throws(ConfigError) -> EvaluatedModule {
        let session = Session(phase: phase, limits: limits, directory: RepoPath.directory(of: program.name))
        defer { session.packages.forget() }
        let module: FrozenModule
        do {
            module = try program.run(session.settings(limits.file), predeclared: universals) { request in
                guard let module = modules[request.module] else {
                    throw SDKFailure("it is not among the loads of the file")
                }
                return module
            }
        } catch {
            throw ConfigError(error, code: .invalid, operation: "evaluate", subject: program.name)
        }
        do {
            return EvaluatedModule(
                module: module, packages: try session.packages.take(), recorded: session.contents)
        } catch {
            throw ConfigError(.invalid, operation: "evaluate", subject: program.name, cause: "\(error)")
        }
    }
}
