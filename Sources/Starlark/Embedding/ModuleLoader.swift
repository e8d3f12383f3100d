import StarlarkSyntax

/// Loads files and what they load, each once.
///
/// A load cycle is an error that names it file by file. One thread; the modules it returns may be shared.
public final class ModuleLoader {
    /// Where a module comes from.
    public enum Source {
        /// A file: its canonical name, under which it is loaded once, and its text.
        case bytes(name: String, [UInt8])
        /// A module that exists already.
        case module(FrozenModule)
    }

    /// How deep files may load each other.
    public static let depthMax = 100

    private let settings: EvaluationSettings
    private let dialect: DialectOptions
    private let predeclared: FrozenModule
    private let resolve: (LoadRequest) throws -> Source
    private var modules: [String: FrozenModule] = [:]
    private var loading: [String] = []

    /// A loader without files.
    ///
    /// - Parameters:
    ///   - settings: For every file; each has the whole budget of steps and bytes.
    ///   - dialect: What the files may use.
    ///   - predeclared: Names that every file may use.
    ///   - resolve: Finds what a load statement asks for.
    public init(
        settings: EvaluationSettings = .init(), dialect: DialectOptions = .init(),
        predeclared: FrozenModule = .empty, resolve: @escaping (LoadRequest) throws -> Source
    ) {
        self.settings = settings
        self.dialect = dialect
        self.predeclared = predeclared
        self.resolve = resolve
    }

    /// The names of the files that were loaded to the end, sorted.
    public var loadedNames: [String] { modules.keys.sorted() }

    /// Compiles and runs a file and what it loads; a file that was loaded before is returned as it is.
    ///
    /// - Throws: what a file failed with; the backtrace crosses the load statements that led there.
    public func load(name: String, bytes: [UInt8]) throws(StarlarkError) -> FrozenModule {
        if let module = modules[name] { return module }
        if let start = loading.firstIndex(of: name) {
            let cycle = (loading[start...] + [name]).joined(separator: " → ")
            throw StarlarkError(.load, "load cycle: \(cycle)")
        }
        guard loading.count < ModuleLoader.depthMax else {
            throw StarlarkError(.load, "loads nest more than \(ModuleLoader.depthMax) deep: \(name)")
        }
        loading.append(name)
        defer { loading.removeLast() }
        let program = try Program(name: name, bytes: bytes, dialect: dialect, predeclared: predeclared)
        let module = try program.run(settings, predeclared: predeclared) { request in
            switch try self.resolve(request) {
            case .module(let module): module
            case .bytes(let name, let bytes): try self.load(name: name, bytes: bytes)
            }
        }
        modules[name] = module
        return module
    }
}
