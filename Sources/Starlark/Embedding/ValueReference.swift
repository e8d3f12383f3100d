/// A value of an evaluation, whose heap it keeps alive.
///
/// Not Sendable: use it on the evaluation's thread.
public struct ValueReference {
    let value: Value
    let heap: Heap
    let evaluation: Evaluation

    init(value: Value, heap: Heap, evaluation: Evaluation) {
        self.value = value
        self.heap = heap
        self.evaluation = evaluation
        if value.isObject, !heap.isFrozen { heap.state.pointee.isHeldOutside = true }
    }

    /// What `type(x)` returns.
    public var typeName: String { value.typeName }

    /// Whether it is None.
    public var isNone: Bool { value.isNone }

    /// Whether it counts as true.
    public var truth: Bool { evaluation.machine.truth(value) }

    /// Whether it can be called.
    public var isFunction: Bool {
        switch value.kind {
        case .function, .builtin, .boundMethod: true
        default: false
        }
    }

    /// A bool; nil for another type.
    public var bool: Bool? { value.kind == .bool ? value.isTrue : nil }

    /// An integer of 64 bits; nil for another type or a larger one.
    public var int: Int? { value.kind == .integer ? Numbers.integer(value) : nil }

    /// A float; nil for another type.
    public var float: Double? { value.isFloat ? value.float : nil }

    /// A string; nil for another type.
    public var string: String? { value.kind == .string ? value.swiftString : nil }

    /// The elements of a list, tuple or set; nil for another type.
    public var items: [ValueReference]? {
        switch value.kind {
        case .list: value.listItems.map(evaluation.reference)
        case .tuple: value.tupleItems.map(evaluation.reference)
        case .set: liveEntries.map { evaluation.reference($0.key) }
        default: nil
        }
    }

    /// The entries of a dict; nil for another type.
    public var entries: [(key: ValueReference, value: ValueReference)]? {
        guard value.kind == .dict else { return nil }
        return liveEntries.map { (evaluation.reference($0.key), evaluation.reference($0.value)) }
    }

    private var liveEntries: [TableEntry] {
        let table = value.dict.pointee.table
        return (0..<table.places).map { table.entries[$0] }.filter { !$0.key.isUnbound }
    }

    /// A field of a struct or record; nil when there is none.
    public func attribute(_ name: String) -> ValueReference? {
        guard value.kind == .structure || value.kind == .record else { return nil }
        let index = value.fieldNames.firstIndex { $0.swiftString == name }
        return index.map { evaluation.reference(value.structureItems[$0]) }
    }

    /// A function of a frozen module; nil for another type, and for a function that the evaluation itself made.
    public var function: FunctionReference? { FunctionReference(value) }

    /// The value as data.
    ///
    /// - Throws: `.evaluation`, naming the part that is no JSON-like value.
    public func data() throws(StarlarkError) -> StarlarkData { try StarlarkData(value) }
}

extension ValueReference: CustomDebugStringConvertible {
    /// What `repr(x)` returns; a note in angle brackets when memory did not suffice.
    public var debugDescription: String { text(repr: true) }
}

extension ValueReference: CustomStringConvertible {
    /// What `str(x)` returns; a note in angle brackets when memory did not suffice.
    public var description: String { text(repr: false) }

    private func text(repr: Bool) -> String {
        do throws(StarlarkError) {
            return try evaluation.machine.text(value, repr: repr).swiftString
        } catch {
            return "<\(error.message)>"
        }
    }
}
