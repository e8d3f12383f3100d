/// A function of a frozen module, which it keeps alive.
///
/// Two are equal when they are the same function value.
///
/// `@unchecked Sendable`: the value stands in the module's heap, or one it keeps alive, and all of them are frozen.
public struct FunctionReference: @unchecked Sendable, Hashable {
    /// The heap the function stands in.
    let heap: Heap
    let value: Value

    /// Nil when the value is no function, or its heap is not frozen.
    init?(_ value: Value) {
        let owner: UnsafeMutablePointer<HeapState>
        switch value.kind {
        case .function: owner = value.function.pointee.owner
        case .builtin: owner = value.address.assumingMemoryBound(to: BuiltinObject.self).pointee.owner
        default: return nil
        }
        guard owner.pointee.isFrozen, let heap = owner.pointee.heap else { return nil }
        self.value = value
        self.heap = heap.takeUnretainedValue()
    }

    /// The name in its `def`; `lambda` for a lambda.
    public var name: String {
        value.kind == .function ? value.function.pointee.code.pointee.name.swiftString : value.builtin.pointee.name
    }

    /// The name of the file that defines it; empty for a function of the host.
    public var moduleName: String { definingProgram?.name ?? "" }

    /// The name under which the file that defines it exports it: with `moduleName`, enough to find it again.
    ///
    /// Nil for a function of the host.
    public var globalName: String? {
        guard let program = definingProgram else { return nil }
        let slots = value.function.pointee.module.pointee.globals
        return program.globals.indices.first { program.globals[$0].isExported && slots[$0].raw == value.raw }
            .map { program.globals[$0].name }
    }

    /// The names of its parameters, `*args` and `**kwargs` included; empty for a function of the host.
    public var parameterNames: [String] {
        guard value.kind == .function else { return [] }
        let code = value.function.pointee.code
        return (0..<code.pointee.parameterCount).map { code.pointee.localNames[$0].swiftString }
    }

    private var definingProgram: Program? {
        value.kind == .function ? value.function.pointee.module.pointee.program.takeUnretainedValue() : nil
    }

    /// Whether both are the same function value.
    public static func == (left: FunctionReference, right: FunctionReference) -> Bool {
        left.value.raw == right.value.raw
    }

    /// Hashes the identity.
    public func hash(into hasher: inout Hasher) { hasher.combine(value.raw) }
}
