import StarlarkSyntax

/// Loads files and what they load, each once.
///
/// A load cycle is an error that names it file by file. One thread; the modules it returns may be shared.
public final class ModuleLoader {
    /// Where a module comes from.
    public enum Source {
        /// A file: its canonical name, under which it is loaded once, and its text.
        ///
        /// A dialect given here is used for this file in place of the loader's.
        case bytes(name: String, [UInt8], dialect: DialectOptions? = nil)
        /// A module that exists already.
        case module(FrozenModule)
    }

    /// How deep files may load each other.
    ///
    /// Less deep on a thread with little stack.
    public static let depthMax = 100

    /// A file that leaves less of the thread's stack than this is not allowed to load another.
    private static let stackBytesMin = 128 << 10

    private let settings: EvaluationSettings
    private let dialect: DialectOptions
    private let predeclared: FrozenModule
    private let resolve: (LoadRequest) throws -> Source
    private var modules: [String: FrozenModule] = [:]
    private var loading: [String] = []
    /// When the outermost file began.
    var start = ContinuousClock.now

    /// A loader without files.
    ///
    /// - Parameters:
    ///   - settings: For every file; each has the whole budget of steps and bytes; the time runs from the start of the
    ///     outermost.
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
    public func load(
        name: String, bytes: [UInt8], dialect: DialectOptions? = nil
    ) throws(StarlarkError) -> FrozenModule {
        if let module = modules[name] { return module }
        if let start = loading.firstIndex(of: name) {
            let cycle = (loading[start...] + [name]).joined(separator: " → ")
            throw StarlarkError(.load, "load cycle: \(cycle)")
        }
        guard loading.count < ModuleLoader.depthMax else {
            throw StarlarkError(.load, "loads nest more than \(ModuleLoader.depthMax) deep: \(name)")
        }
        if loading.isEmpty { start = .now }
        var dialect = dialect ?? self.dialect
        if !loading.isEmpty {
            // The parser may use what the files around this one leave of the thread's stack.
            let left = ThreadStack.bytesLeft()
            guard left >= ModuleLoader.stackBytesMin else {
                throw StarlarkError(.load, "loads nest more than \(loading.count) deep: \(name)")
            }
            dialect.stackBytesMax = min(dialect.stackBytesMax, left)
        }
        loading.append(name)
        defer { loading.removeLast() }
        let program = try Program(name: name, bytes: bytes, dialect: dialect, predeclared: predeclared)
        let module = try program.run(settings, since: start, predeclared: predeclared) { request in
            switch try self.resolve(request) {
            case .module(let module): module
            case .bytes(let name, let bytes, let dialect): try self.load(name: name, bytes: bytes, dialect: dialect)
            }
        }
        modules[name] = module
        return module
    }
}
