/// A function defined in Starlark: a `def`, a lambda or a module's top level.
///
/// The captured cells follow in memory.
struct FunctionObject {
    let header: ObjectHeader
    let code: UnsafePointer<FunctionCode>
    let module: UnsafeMutablePointer<ModuleState>
    /// A value for each parameter that has a default, else unbound: `code.parameterCount` words, or nil when none has.
    let defaults: UnsafeMutablePointer<Value>?
    let owner: UnsafeMutablePointer<HeapState>

    static let cellsOffset = MemoryLayout<FunctionObject>.size

    @inline(__always)
    static func cells(_ function: UnsafeMutablePointer<FunctionObject>) -> UnsafeMutablePointer<Value> {
        (UnsafeMutableRawPointer(function) + cellsOffset).assumingMemoryBound(to: Value.self)
    }
}
