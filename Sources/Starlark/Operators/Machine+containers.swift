/// Operators of strings, lists, tuples, dicts and sets.
extension Machine {
    /// Nil when the operation is not for these operands.
    func containers(
        _ operation: BinaryOperation, _ left: Value, _ right: Value
    ) throws(StarlarkError) -> Value? {
        switch operation {
        case .add: return try concatenate(left, right)
        case .multiply:
            if right.kind == .integer { return try repeated(left, right) }
            return left.kind == .integer ? try repeated(right, left) : nil
        case .modulo:
            return left.kind == .string ? try StringInterpolation.interpolate(self, left, right) : nil
        case .or:
            guard left.kind == right.kind, left.kind == .dict || left.kind == .set else { return nil }
            return try union(left, right)
        case .and, .xor, .subtract:
            guard left.kind == .set, right.kind == .set else { return nil }
            switch operation {
            case .and: return try difference(left, right, keepingCommon: true)
            case .subtract: return try difference(left, right, keepingCommon: false)
            default: return try symmetricDifference(left, right)
            }
        case .divide, .floorDivide, .shiftLeft, .shiftRight: return nil
        }
    }

    private func concatenate(_ left: Value, _ right: Value) throws(StarlarkError) -> Value? {
        guard left.kind == right.kind else { return nil }
        switch left.kind {
        case .string, .bytes:
            try spend(bytes: right.string.count)
            return try heap.concatenation(left, right)
        case .tuple:
            if right.tupleItems.isEmpty { return left }
            if left.tupleItems.isEmpty { return right }
            let tuple = try heap.uninitializedTuple(count: left.tupleItems.count + right.tupleItems.count)
            fill(TupleObject.items(tuple), left.tupleItems, right.tupleItems)
            return Value(object: UnsafeMutableRawPointer(tuple))
        case .list:
            let list = try heap.list(capacity: left.listItems.count + right.listItems.count)
            fill(list.pointee.items, left.listItems, right.listItems)
            list.pointee.count = list.pointee.capacity
            return Value(object: UnsafeMutableRawPointer(list))
        case .structure: return try StructureFunction.joined(self, left, right)
        default: return nil
        }
    }

    private func fill(
        _ place: UnsafeMutablePointer<Value>, _ first: UnsafeBufferPointer<Value>, _ second: UnsafeBufferPointer<Value>
    ) {
        if let base = first.baseAddress { place.update(from: base, count: first.count) }
        if let base = second.baseAddress { (place + first.count).update(from: base, count: second.count) }
    }

    private func repeated(_ value: Value, _ times: Value) throws(StarlarkError) -> Value? {
        switch value.kind {
        case .string, .bytes:
            let count = try total(value.string.count, times)
            if count == 0 { return try heap.string([], kind: value.kind) }
            let text = try heap.uninitializedString(count: count, kind: value.kind, isASCII: value.isASCII)
            try spend(bytes: count)
            repeatBytes(value.bytes, UnsafeMutableRawPointer(text.pointee.bytes), count)
            return Value(object: UnsafeMutableRawPointer(text))
        case .tuple:
            let count = try total(value.tupleItems.count, times)
            let tuple = try heap.uninitializedTuple(count: count)
            try spend(bytes: count * 8)
            repeatBytes(value.tupleItems, UnsafeMutableRawPointer(TupleObject.items(tuple)), count * 8)
            return Value(object: UnsafeMutableRawPointer(tuple))
        case .list:
            let count = try total(value.listItems.count, times)
            let list = try heap.list(capacity: count)
            try spend(bytes: count * 8)
            repeatBytes(value.listItems, UnsafeMutableRawPointer(list.pointee.items), count * 8)
            list.pointee.count = count
            return Value(object: UnsafeMutableRawPointer(list))
        default: return nil
        }
    }

    private func total(_ count: Int, _ times: Value) throws(StarlarkError) -> Int {
        if Numbers.isNegative(times) || count == 0 { return 0 }
        guard times.isSmall, Int32(exactly: times.small) != nil else {
            throw StarlarkError(.evaluation, "repeat count \(Numbers.text(times)) too large")
        }
        let (total, overflow) = count.multipliedReportingOverflow(by: times.small)
        guard !overflow, total < 1 << 40 else {
            throw StarlarkError(.evaluation, "excessive repeat (\(count) * \(times.small) elements)")
        }
        return total
    }

    /// Fills `bytes` bytes with copies of the source, doubling what is there.
    private func repeatBytes<T>(_ source: UnsafeBufferPointer<T>, _ place: UnsafeMutableRawPointer, _ bytes: Int) {
        guard bytes > 0, let base = source.baseAddress else { return }
        var filled = source.count * MemoryLayout<T>.stride
        place.copyMemory(from: base, byteCount: min(filled, bytes))
        while filled < bytes {
            let more = min(filled, bytes - filled)
            (place + filled).copyMemory(from: place, byteCount: more)
            filled += more
        }
    }

    /// A new dict or set with the entries of both; the right side's values win.
    func union(_ left: Value, _ right: Value) throws(StarlarkError) -> Value {
        let result = try copy(left.dict)
        try update(result, from: right.dict)
        return Value(object: UnsafeMutableRawPointer(result))
    }

    /// A new dict or set with the same entries.
    func copy(_ source: UnsafeMutablePointer<DictObject>) throws(StarlarkError) -> UnsafeMutablePointer<DictObject> {
        let table = source.pointee.table
        try spend(table.places)
        let result = try heap.dict(capacity: table.count, kind: source.pointee.header.kind)
        for place in table.firstPlace..<max(table.places, table.firstPlace) {
            let entry = table.entries[place]
            if entry.key.isUnbound { continue }
            try result.pointee.table.append(entry.key, hash: entry.hash, value: entry.value, heap)
        }
        return result
    }

    /// Adds the entries of a dict or set to another that may be changed.
    func update(
        _ target: UnsafeMutablePointer<DictObject>, from source: UnsafeMutablePointer<DictObject>
    ) throws(StarlarkError) {
        let table = source.pointee.table
        try spend(table.places)
        for place in table.firstPlace..<max(table.places, table.firstPlace) {
            let entry = table.entries[place]
            if entry.key.isUnbound { continue }
            let found = try target.pointee.table.find(entry.key, hash: entry.hash, self)
            if found >= 0 {
                target.pointee.table.entries[found].value = entry.value
            } else {
                try target.pointee.table.append(entry.key, hash: entry.hash, value: entry.value, heap)
            }
        }
    }

    /// The elements of the left set that the right one has (or has not).
    func difference(_ left: Value, _ right: Value, keepingCommon: Bool) throws(StarlarkError) -> Value {
        let result = try heap.dict(kind: .set)
        try addDifference(left, right, keepingCommon: keepingCommon, to: result)
        return Value(object: UnsafeMutableRawPointer(result))
    }

    /// The elements that only one of the sets has.
    func symmetricDifference(_ left: Value, _ right: Value) throws(StarlarkError) -> Value {
        let result = try heap.dict(kind: .set)
        try addDifference(left, right, keepingCommon: false, to: result)
        try addDifference(right, left, keepingCommon: false, to: result)
        return Value(object: UnsafeMutableRawPointer(result))
    }

    private func addDifference(
        _ left: Value, _ right: Value, keepingCommon: Bool, to result: UnsafeMutablePointer<DictObject>
    ) throws(StarlarkError) {
        let table = left.dict.pointee.table
        try spend(table.places)
        for place in table.firstPlace..<max(table.places, table.firstPlace) {
            let entry = table.entries[place]
            if entry.key.isUnbound { continue }
            let isCommon = try right.dict.pointee.table.find(entry.key, hash: entry.hash, self) >= 0
            if isCommon == keepingCommon {
                try result.pointee.table.append(entry.key, hash: entry.hash, value: .unbound, heap)
            }
        }
    }
}
