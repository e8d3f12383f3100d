/// An object of a host's type, as the type's closures get it.
///
/// Not to be kept after the closure returned.
public struct HostObject {
    /// The evaluation that uses the object.
    public let evaluation: Evaluation

    private let fields: Value

    init(_ value: Value, _ machine: Machine) { self.init(value.native, machine) }

    init(_ native: NativeObject, _ machine: Machine) {
        evaluation = machine.evaluation
        fields = HostObject.fields(native)
    }

    /// A field; nil when there is none.
    public func field(_ name: String) -> ValueReference? {
        guard let key = try? evaluation.heap.allocator.string(name),
            let value = try? evaluation.machine.lookUp(key, in: fields.dict), !value.isUnbound
        else { return nil }
        return evaluation.reference(value)
    }

    /// Sets a field.
    ///
    /// - Throws: `.evaluation` when the object is frozen, `.memoryLimit`.
    public func setField(_ name: String, to value: ValueReference) throws(StarlarkError) {
        guard !isFrozen else { throw StarlarkError(.evaluation, "cannot set .\(name) field of a frozen object") }
        let machine = evaluation.machine
        try machine.insert(
            evaluation.heap.allocator.string(name), evaluation.convert(.reference(value)), into: fields.dict)
    }

    /// Whether the object can no longer be changed.
    public var isFrozen: Bool { fields.dict.pointee.owner.pointee.isFrozen }

    /// The table of an object's fields.
    static func fields(_ native: NativeObject) -> Value { Value(raw: UInt(bitPattern: native.first)) }

    /// The names of an object's fields, sorted.
    static func fieldNames(_ native: NativeObject) -> [String] {
        let table = fields(native).dict.pointee.table
        return (0..<table.places).map { table.entries[$0].key }.filter { !$0.isUnbound }.map(\.swiftString).sorted()
    }
}
