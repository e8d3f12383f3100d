extension Allocator {
    /// A Starlark function; the caller fills its cells.
    func function(
        _ code: UnsafePointer<FunctionCode>, _ module: UnsafeMutablePointer<ModuleState>,
        defaults: UnsafeMutablePointer<Value>?, cellCount: Int
    ) throws(StarlarkError) -> UnsafeMutablePointer<FunctionObject> {
        let place = try allocate(FunctionObject.cellsOffset + byteCount(cellCount, of: MemoryLayout<Value>.stride))
        let function = place.bindMemory(to: FunctionObject.self, capacity: 1)
        function.initialize(
            to: FunctionObject(
                header: ObjectHeader(.function), code: code, module: module, defaults: defaults, owner: state))
        return function
    }
}
