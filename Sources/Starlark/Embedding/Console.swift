import StarlarkSyntax

/// A module that grows chunk by chunk, as a person types it.
///
/// A chunk is a file of its own that reads, changes and binds the globals of all chunks before it. Nothing is frozen, and
/// a global may be bound again: functions of earlier chunks then see the new value. Not Sendable: one thread at a time.
public final class Console {
    /// A chunk that has run: its functions read these slots.
    private struct Chunk {
        let program: Program
        let slots: UnsafeMutablePointer<Value>
    }

    /// What chunks are called in errors.
    public static let name = "<console>"

    /// How many chunks one console takes, since each is kept for the functions it may have defined.
    public static let chunksMax = 100_000

    private let evaluation: Evaluation
    private let dialect: DialectOptions
    private let predeclared: FrozenModule
    private var globals: [String: Value] = [:]
    private var chunks: [Chunk] = []

    /// A console without globals.
    ///
    /// - Parameters:
    ///   - settings: Limits, new for each chunk, and what the host provides.
    ///   - dialect: What chunks may use; global reassignment, control flow at the top level, and that `load` binds
    ///     globals always come with a console.
    ///   - predeclared: Names every chunk may use.
    public init(
        _ settings: EvaluationSettings = .init(), dialect: DialectOptions = .init(),
        predeclared: FrozenModule = .empty
    ) {
        evaluation = Evaluation(settings)
        // `globals` and the slots of chunks are looked for by no collection.
        evaluation.heap.state.pointee.isHeldOutside = true
        self.dialect = Console.dialect(dialect)
        self.predeclared = predeclared
    }

    /// A dialect with what every console allows.
    public static func dialect(_ base: DialectOptions = .init()) -> DialectOptions {
        var dialect = base
        dialect.globalReassignment = true
        dialect.topLevelControl = true
        dialect.loadBindsGlobally = true
        return dialect
    }

    /// Whether another line should be asked for before ``run(_:)``.
    public func needsMore(_ text: String) -> Bool { SyntaxTree.needsMore(text, options: dialect) }

    /// What the load statements of a chunk ask for; nothing when it does not compile, which ``run(_:)`` then reports.
    public func loads(of text: String) -> [LoadRequest] {
        do throws(StarlarkError) {
            return try program(text).loads
        } catch {
            return []
        }
    }

    private func program(_ text: String) throws(StarlarkError) -> Program {
        let names = NameTable(
            predeclared: predeclared.nameSet, universals: Library.shared.universalNames, globals: Set(globals.keys))
        return try Program(
            name: Console.name, bytes: Array(text.utf8), dialect: dialect, names: names, answers: true)
    }

    /// Runs a chunk; returns the value of the expression it ends with, nil when it ends otherwise or with None.
    ///
    /// - Parameters:
    ///   - modules: What its load statements find, by what they call it; see ``loads(of:)``.
    ///   - cancellation: Stops this chunk from another thread.
    /// - Throws: what it failed with; what it bound until then stays.
    public func run(
        _ text: String, modules: [String: FrozenModule] = [:], cancellation: Cancellation? = nil
    ) throws(StarlarkError) -> ValueReference? {
        guard chunks.count < Console.chunksMax else {
            throw StarlarkError(.host, "a console takes \(Console.chunksMax) inputs at most: start another")
        }
        let program = try program(text)
        evaluation.machine.core.pointee.cancellation = cancellation ?? evaluation.settings.cancellation
        evaluation.machine.core.pointee.reset()
        let slots = try program.makeSlots(in: evaluation, predeclared)
        for (index, global) in program.globals.enumerated() { slots[index] = globals[global.name] ?? .unbound }
        chunks.append(Chunk(program: program, slots: slots))
        evaluation.loader = { request in
            guard let module = modules[request.module] else {
                throw StarlarkError(.load, "cannot load '\(request.module)'")
            }
            return module
        }
        defer {
            evaluation.loader = nil
            publish(program, slots)
        }
        let value = try program.runTopLevel(in: evaluation, slots)
        return value.isNone || value.isUnbound ? nil : evaluation.reference(value)
    }

    /// Makes the globals of a module, and what its file had loaded, globals of the console; they are frozen.
    public func bind(_ module: FrozenModule) {
        evaluation.heap.retain(module.heap)
        globals.merge(module.allGlobals) { _, new in new }
    }

    /// Makes what a chunk bound known to later chunks, and to the functions of earlier ones.
    private func publish(_ program: Program, _ slots: UnsafeMutablePointer<Value>) {
        var changed: [String: Value] = [:]
        for (index, global) in program.globals.enumerated() where !slots[index].isUnbound {
            if globals[global.name]?.raw != slots[index].raw { changed[global.name] = slots[index] }
        }
        guard !changed.isEmpty else { return }
        globals.merge(changed) { _, new in new }
        for chunk in chunks {
            for (index, global) in chunk.program.globals.enumerated() {
                if let value = changed[global.name] { chunk.slots[index] = value }
            }
        }
    }

    // MARK: Looking around

    /// The names that a chunk may use now, keywords not among them, sorted.
    public var names: [String] {
        predeclared.nameSet.union(globals.keys).union(Library.shared.universalNames).sorted()
    }

    /// The names of the attributes of what a dotted path such as `ctx.build` refers to; nothing is run for it.
    ///
    /// Empty when the path names nothing.
    public func attributeNames(of path: [String]) -> [String] {
        guard let first = path.first, var value = value(of: first) else { return [] }
        for name in path.dropFirst() {
            guard value.kind == .structure || value.kind == .record,
                let index = value.fieldNames.firstIndex(where: { $0.swiftString == name })
            else { return [] }
            value = value.structureItems[index]
        }
        return evaluation.machine.attributeNames(value)
    }

    private func value(of name: String) -> Value? {
        globals[name] ?? predeclared.value(name) ?? Library.shared.universals[name]
    }
}
