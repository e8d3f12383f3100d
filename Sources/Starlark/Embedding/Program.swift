import StarlarkSyntax
import Synchronization

/// A compiled file: immutable, can be run any number of times and from several threads at once.
///
/// `@unchecked Sendable`: `code` points into `heap`, which is frozen at the end of init; everything else is an
/// immutable value or behind the mutex.
public final class Program: @unchecked Sendable {
    /// The file's name, as errors give it.
    public let name: String

    /// Every load statement of the file, in order.
    public var loads: [LoadRequest] { loadTable.map(\.request) }

    let source: SourceFile
    let heap: Heap
    /// The code of the top level, in `heap`.
    let code: UnsafePointer<FunctionCode>
    let loadTable: [ProgramLoad]
    /// The module's variables.
    let globals: [ProgramGlobal]
    /// The predeclared and universal names it uses, in the order of the slots after the globals.
    let borrowed: [BorrowedName]
    private let slots = Mutex<[String: Int]?>(nil)

    /// Compiles a file; no code of it runs.
    ///
    /// - Parameters:
    ///   - name: What errors call the file.
    ///   - bytes: Its UTF-8 text.
    ///   - dialect: What it may use beyond the core language.
    ///   - predeclared: Names it may use without loading; its values are taken from here when it runs.
    /// - Throws: `.syntax` with every static error.
    public convenience init(
        name: String, bytes: [UInt8], dialect: DialectOptions = .init(), predeclared: FrozenModule = .empty
    ) throws(StarlarkError) {
        let names = NameTable(predeclared: predeclared.nameSet, universals: Library.shared.universalNames)
        try self.init(name: name, bytes: bytes, dialect: dialect, names: names, answers: false)
    }

    /// Compiles a file; with `answers`, its top level returns the value of an expression that it ends with.
    init(
        name: String, bytes: [UInt8], dialect: DialectOptions, names: NameTable, answers: Bool
    ) throws(StarlarkError) {
        self.name = name
        let source = SourceFile(name: name, bytes: bytes)
        self.source = source
        let resolved: ResolvedProgram
        do {
            resolved = try ResolvedProgram.resolve(source, options: dialect, names: names)
        } catch {
            throw StarlarkError(error)
        }
        let tree = resolved.tree
        globals = resolved.globals.map { ProgramGlobal(name: tree.text(of: $0.symbol), isExported: $0.isExported) }
        borrowed =
            resolved.predeclared.map { .predeclared(tree.text(of: $0)) }
            + resolved.universals.map { .universal(tree.text(of: $0)) }
        let heap = Heap(limit: .max)
        self.heap = heap
        let compiler = ProgramCompiler(resolved, heap.allocator, answers: answers)
        code = try compiler.compile(SyntaxTree.topLevel)
        loadTable = compiler.loads
        heap.freeze()
    }

    /// The slot of an exported global.
    func slot(of name: String) -> Int? {
        slots.withLock { cache in
            if let cache { return cache[name] }
            var table: [String: Int] = [:]
            for (index, global) in globals.enumerated() where global.isExported { table[global.name] = index }
            cache = table
            return table[name]
        }
    }
}
