import Synchronization

/// The globals of a file that has been run, or a module made by the host.
///
/// `@unchecked Sendable`: `slots` and `values` point into `heap`, which was frozen before init, and nothing writes to
/// a frozen heap (see `Heap`). Everything else is immutable.
public final class FrozenModule: @unchecked Sendable {
    /// A module without names.
    public static let empty = FrozenModule(hostName: "", values: [:], heap: FrozenModule.frozenEmptyHeap())

    /// The file's name, or the one the host gave.
    public let name: String

    let heap: Heap
    let program: Program?
    private let slots: UnsafeMutablePointer<Value>?
    private let values: [String: Value]
    /// The exported names.
    var nameSet: Set<String> { program == nil ? hostNames : Set(globalNames) }
    /// The names of a module made by the host.
    private let hostNames: Set<String>

    init(program: Program, slots: UnsafeMutablePointer<Value>, heap: Heap) {
        name = program.name
        self.heap = heap
        self.program = program
        self.slots = slots
        values = [:]
        hostNames = []
    }

    private init(hostName: String, values: [String: Value], heap: Heap) {
        name = hostName
        self.heap = heap
        program = nil
        slots = nil
        self.values = values
        hostNames = Set(values.keys)
    }

    private static func frozenEmptyHeap() -> Heap {
        let heap = Heap(limit: 0)
        heap.freeze()
        return heap
    }

    /// A module made by the host: a built-in module that files load, or predeclared names.
    ///
    /// - Throws: `.host` when a value refers to another evaluation's heap.
    public convenience init(name: String, values: [String: HostValue]) throws(StarlarkError) {
        let evaluation = Evaluation()
        var converted: [String: Value] = [:]
        for (key, value) in values.sorted(by: { $0.key < $1.key }) {
            converted[key] = try evaluation.convert(value)
        }
        evaluation.heap.freeze()
        self.init(hostName: name, values: converted, heap: evaluation.heap)
    }

    /// Names to predeclare: every part of the library that files see only when the host gives it to them.
    ///
    /// - Throws: what making a module throws.
    public static func wholeLibrary() throws(StarlarkError) -> FrozenModule {
        let parts = LibraryModule.allCases.map { ($0.rawValue, HostValue.library($0)) }
        return try FrozenModule(name: "library", values: Dictionary(uniqueKeysWithValues: parts))
    }

    /// The value of an exported name.
    func value(_ name: String) -> Value? {
        guard let program, let slots else { return values[name] }
        guard let slot = program.slot(of: name), !slots[slot].isUnbound else { return nil }
        return slots[slot]
    }

    /// The exported names, sorted.
    public var globalNames: [String] {
        guard let program, let slots else { return values.keys.sorted() }
        return program.globals.indices.filter { program.globals[$0].isExported && !slots[$0].isUnbound }
            .map { program.globals[$0].name }.sorted()
    }

    /// The exported names and those that the file had loaded, with their values.
    var allGlobals: [String: Value] {
        guard let program, let slots else { return values }
        var globals: [String: Value] = [:]
        for (index, global) in program.globals.enumerated() where !slots[index].isUnbound {
            globals[global.name] = slots[index]
        }
        return globals
    }

    /// Whether a name is exported.
    public func contains(_ name: String) -> Bool { value(name) != nil }

    /// The type of a global as `type()` names it; nil when there is no such global.
    public func typeName(of name: String) -> String? { value(name)?.typeName }

    /// The function of that name; nil when there is no such global, or it is no function.
    public func function(_ name: String) -> FunctionReference? {
        guard let value = value(name) else { return nil }
        return FunctionReference(value)
    }

    /// A global as data; nil when there is no such global.
    ///
    /// - Throws: `.evaluation` when it is no JSON-like value.
    public func data(_ name: String) throws(StarlarkError) -> StarlarkData? {
        guard let value = value(name) else { return nil }
        return try StarlarkData(value)
    }
}
