extension Evaluation {
    /// A host's value in this evaluation's heap.
    func convert(_ value: HostValue) throws(StarlarkError) -> Value {
        let allocator = heap.allocator
        switch value {
        case .none: return .none
        case .bool(let flag): return Value(flag)
        case .int(let number): return try allocator.integer(number)
        case .float(let number): return try allocator.float(number)
        case .string(let text): return try allocator.string(text)
        case .data(let data): return try convert(data)
        case .list(let items): return try list(convert(items))
        case .tuple(let items): return try allocator.tuple(convert(items))
        case .dict(let entries): return try dict(entries.map(\.0), convert(entries.map(\.1)))
        case .structure(let fields): return try structure(fields)
        case .record(let record): return try convert(record)
        case .object(let type, let fields):
            heap.retain(native: type)
            let table = try dict(fields.map(\.0), convert(fields.map(\.1)))
            return try allocator.native(type.native, first: Int(bitPattern: table.raw))
        case .function(let function): return try function.value(in: heap)
        case .reference(let reference):
            guard reference.heap === heap || reference.heap.isFrozen else {
                throw StarlarkError(.host, "a value of another evaluation cannot be used in this one")
            }
            heap.retain(reference.heap)
            return reference.value
        case .functionReference(let function):
            heap.retain(function.heap)
            return function.value
        case .library(let module): return try Library.shared.value(of: module)
        }
    }

    private func convert(_ items: [HostValue]) throws(StarlarkError) -> [Value] {
        var values: [Value] = []
        values.reserveCapacity(items.count)
        for item in items { values.append(try convert(item)) }
        return values
    }

    private func list(_ values: [Value]) throws(StarlarkError) -> Value {
        let list = try heap.allocator.list(capacity: values.count)
        for (index, value) in values.enumerated() { (list.pointee.items + index).initialize(to: value) }
        list.pointee.count = values.count
        return Value(object: UnsafeMutableRawPointer(list))
    }

    private func dict(_ keys: [String], _ values: [Value]) throws(StarlarkError) -> Value {
        let dict = try heap.allocator.dict(capacity: keys.count)
        for (key, value) in zip(keys, values) {
            try machine.insert(try heap.allocator.string(key), value, into: dict)
        }
        return Value(object: UnsafeMutableRawPointer(dict))
    }

    private func names(_ names: [String]) throws(StarlarkError) -> UnsafeMutablePointer<NamesObject> {
        guard Set(names).count == names.count else {
            throw StarlarkError(.host, "a field occurs twice among \(names)")
        }
        var values: [Value] = []
        for name in names { values.append(try heap.allocator.string(name)) }
        return try heap.allocator.names(values)
    }

    private func structure(_ fields: [(String, HostValue)]) throws(StarlarkError) -> Value {
        let names = try names(fields.map(\.0))
        let values = try convert(fields.map(\.1))
        let structure = try heap.allocator.uninitializedStructure(names.pointee.sorted ?? names)
        for index in 0..<values.count {
            (StructureObject.items(structure) + index).initialize(to: values[Int(NamesObject.order(names)[index])])
        }
        return Value(object: UnsafeMutableRawPointer(structure))
    }

    private func convert(_ record: HostRecord) throws(StarlarkError) -> Value {
        let allocator = heap.allocator
        let names = try names(record.fields.map(\.0))
        let values = try convert(record.fields.map(\.1))
        let settable = record.settable.isEmpty ? nil : try self.names(record.settable.sorted())
        var type = try allocator.string(record.type)
        if let name = record.name { type = try allocator.tuple(type, allocator.string(name)) }
        let size = MemoryLayout<Value>.stride * values.count
        let place = try allocator.allocate(StructureObject.itemsOffset + size)
        let structure = place.bindMemory(to: StructureObject.self, capacity: 1)
        structure.initialize(
            to: StructureObject(
                header: ObjectHeader(.record), names: names, constructor: type,
                owner: heap.state, settable: settable))
        for (index, value) in values.enumerated() { (StructureObject.items(structure) + index).initialize(to: value) }
        return Value(object: place)
    }

    private func convert(_ data: StarlarkData) throws(StarlarkError) -> Value {
        switch data {
        case .none: return .none
        case .bool(let flag): return Value(flag)
        case .int(let number): return try heap.allocator.integer(number)
        case .float(let number): return try heap.allocator.float(number)
        case .string(let text): return try heap.allocator.string(text)
        case .list(let items):
            var values: [Value] = []
            for item in items { values.append(try convert(item)) }
            return try list(values)
        case .dict(let dictionary):
            var values: [Value] = []
            for entry in dictionary.entries { values.append(try convert(entry.value)) }
            return try dict(dictionary.entries.map(\.key), values)
        }
    }
}
