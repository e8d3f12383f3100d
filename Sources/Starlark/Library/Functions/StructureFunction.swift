/// `struct(**fields)`, and `+` of two structs.
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

    /// A struct with the fields of both; where both have one, that of the right.
    static func joined(_ machine: Machine, _ left: Value, _ right: Value) throws(StarlarkError) -> Value {
        let (first, second) = (left.fieldNames, right.fieldNames)
        try machine.spend(first.count + second.count)
        var names: [Value] = []
        var values: [Value] = []
        var (one, two) = (0, 0)
        while one < first.count || two < second.count {
            let order =
                one == first.count
                ? 1 : two == second.count ? -1 : ByteCompare.order(first[one].bytes, second[two].bytes)
            names.append(order < 0 ? first[one] : second[two])
            values.append(order < 0 ? left.structureItems[one] : right.structureItems[two])
            if order <= 0 { one += 1 }
            if order >= 0 { two += 1 }
        }
        let prepared = try machine.heap.names(names)
        let structure = try machine.heap.uninitializedStructure(prepared.pointee.sorted ?? prepared)
        for (index, value) in values.enumerated() { StructureObject.items(structure)[index] = value }
        return Value(object: UnsafeMutableRawPointer(structure))
    }

    private static func noNames(_ machine: Machine) throws(StarlarkError) -> UnsafeMutablePointer<NamesObject> {
        try machine.heap.names([])
    }

    private static func copied(
        _ names: UnsafeMutablePointer<NamesObject>, _ machine: Machine
    ) throws(StarlarkError) -> UnsafeMutablePointer<NamesObject> {
        let items = UnsafeBufferPointer(start: NamesObject.items(names), count: names.pointee.count)
        var bytes = 0
        for name in items { bytes += name.string.count }
        try machine.spendSort(count: items.count, bytes: bytes)
        return try machine.heap.withRoom(bytes: items.count * 2 * MemoryLayout<Int>.stride) {
            () throws(StarlarkError) in try machine.heap.names(items)
        }
    }
}
