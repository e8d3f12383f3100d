/// `struct(**fields)`.
enum StructureFunction {
    static func make(_ machine: Machine, _: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        guard arguments.count == 0 else {
            throw StarlarkError(.evaluation, "struct: unexpected positional arguments")
        }
        guard let names = arguments.names else {
            return Value(object: UnsafeMutableRawPointer(try machine.heap.uninitializedStructure(noNames(machine))))
        }
        try machine.spend(names.pointee.count)
        // Names without a sorted order live only as long as the call.
        let prepared = names.pointee.sorted == nil ? try copied(names, machine) : names
        let structure = try machine.heap.uninitializedStructure(prepared.pointee.sorted ?? prepared)
        let order = NamesObject.order(prepared)
        let items = StructureObject.items(structure)
        for index in 0..<prepared.pointee.count { items[index] = arguments.base[Int(order[index])] }
        return Value(object: UnsafeMutableRawPointer(structure))
    }

    private static func noNames(_ machine: Machine) throws(StarlarkError) -> UnsafeMutablePointer<NamesObject> {
        try machine.heap.names([])
    }

    private static func copied(
        _ names: UnsafeMutablePointer<NamesObject>, _ machine: Machine
    ) throws(StarlarkError) -> UnsafeMutablePointer<NamesObject> {
        try machine.heap.names(
            UnsafeBufferPointer(start: NamesObject.items(names), count: names.pointee.count))
    }
}
