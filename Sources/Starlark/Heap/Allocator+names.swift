extension Allocator {
    /// A tuple with a copy of these values.
    func tuple(_ values: [Value]) throws(StarlarkError) -> Value {
        let tuple = try uninitializedTuple(count: values.count)
        for (index, value) in values.enumerated() { TupleObject.items(tuple)[index] = value }
        return Value(object: UnsafeMutableRawPointer(tuple))
    }

    /// A list of distinct names (strings), with their sorted order prepared.
    func names(_ values: [Value]) throws(StarlarkError) -> UnsafeMutablePointer<NamesObject> {
        try values.withTypedBuffer { (buffer) throws(StarlarkError) in try names(buffer) }
    }

    /// A list of distinct names (strings), with their sorted order prepared.
    func names(_ values: UnsafeBufferPointer<Value>) throws(StarlarkError) -> UnsafeMutablePointer<NamesObject> {
        let count = values.count
        let order = values.indices.sorted { ByteCompare.order(values[$0].bytes, values[$1].bytes) < 0 }
        let sorted = try uninitializedNames(count: count, sorted: nil)
        let names = try uninitializedNames(count: count, sorted: sorted)
        for index in 0..<count {
            NamesObject.items(names)[index] = values[index]
            NamesObject.items(sorted)[index] = values[order[index]]
            NamesObject.order(names)[index] = UInt32(order[index])
            NamesObject.order(sorted)[index] = UInt32(index)
        }
        return names
    }

    private func uninitializedNames(
        count: Int, sorted: UnsafeMutablePointer<NamesObject>?
    ) throws(StarlarkError) -> UnsafeMutablePointer<NamesObject> {
        let place = try allocate(
            NamesObject.itemsOffset + byteCount(count, of: MemoryLayout<Value>.stride + MemoryLayout<UInt32>.stride))
        let names = place.bindMemory(to: NamesObject.self, capacity: 1)
        names.initialize(to: NamesObject(header: ObjectHeader(.names), count: count, sorted: sorted))
        return names
    }

    /// `struct(…)` with sorted names and the values in the order of the names; unset items are the caller's to fill.
    func uninitializedStructure(
        _ names: UnsafeMutablePointer<NamesObject>, constructor: Value = .unbound
    ) throws(StarlarkError) -> UnsafeMutablePointer<StructureObject> {
        let count = names.pointee.count
        let place = try allocate(StructureObject.itemsOffset + byteCount(count, of: MemoryLayout<Value>.stride))
        let structure = place.bindMemory(to: StructureObject.self, capacity: 1)
        structure.initialize(
            to: StructureObject(
                header: ObjectHeader(.structure), names: names, constructor: constructor, owner: nil, settable: nil))
        return structure
    }
}

extension Array {
    /// `withUnsafeBufferPointer` for bodies with typed errors.
    func withTypedBuffer<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<Element>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let result: Swift.Result<Result, Failure> = withUnsafeBufferPointer { buffer in
            Swift.Result { () throws(Failure) in try body(buffer) }
        }
        return try result.get()
    }
}
