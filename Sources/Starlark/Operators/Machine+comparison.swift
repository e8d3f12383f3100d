/// `==`, `<`, `in` and their kin.
extension Machine {
    /// `left == right`.
    @inline(__always)
    func equal(_ left: Value, _ right: Value) throws(StarlarkError) -> Bool {
        try Equality.equal(left, right, self)
    }

    /// `left < right`.
    @inline(never)
    func less(_ left: Value, _ right: Value) throws(StarlarkError) -> Bool {
        if Value.areOrderedAsDoubles(left, right) { return left.double < right.double }
        if left.kind == .set, right.kind == .set { return try isSubset(left, right) && sizes(left, right) < 0 }
        return try Ordering.compare(left, right, "<", self) < 0
    }

    /// `left <= right`.
    @inline(never)
    func lessOrEqual(_ left: Value, _ right: Value) throws(StarlarkError) -> Bool {
        if Value.areOrderedAsDoubles(left, right) { return left.double <= right.double }
        if left.kind == .set, right.kind == .set { return try isSubset(left, right) }
        return try Ordering.compare(left, right, "<=", self) <= 0
    }

    /// `left > right`.
    @inline(never)
    func greater(_ left: Value, _ right: Value) throws(StarlarkError) -> Bool {
        if Value.areOrderedAsDoubles(left, right) { return left.double > right.double }
        if left.kind == .set, right.kind == .set { return try isSubset(right, left) && sizes(left, right) > 0 }
        return try Ordering.compare(left, right, ">", self) > 0
    }

    /// `left >= right`.
    @inline(never)
    func greaterOrEqual(_ left: Value, _ right: Value) throws(StarlarkError) -> Bool {
        if Value.areOrderedAsDoubles(left, right) { return left.double >= right.double }
        if left.kind == .set, right.kind == .set { return try isSubset(right, left) }
        return try Ordering.compare(left, right, ">=", self) >= 0
    }

    private func sizes(_ left: Value, _ right: Value) -> Int {
        left.dict.pointee.table.count - right.dict.pointee.table.count
    }

    /// Whether every element of the left set is in the right one.
    func isSubset(_ left: Value, _ right: Value) throws(StarlarkError) -> Bool {
        if sizes(left, right) > 0 { return false }
        let table = left.dict.pointee.table
        try spend(table.places)
        for place in table.firstPlace..<max(table.places, table.firstPlace) {
            let entry = table.entries[place]
            if entry.key.isUnbound { continue }
            if try right.dict.pointee.table.find(entry.key, hash: entry.hash, self) < 0 { return false }
        }
        return true
    }

    /// `value in container`.
    @inline(never)
    func contains(_ container: Value, _ value: Value) throws(StarlarkError) -> Bool {
        switch container.kind {
        case .dict:
            // A value that can be no key is in no dict.
            if isUnhashable(value) { return false }
            return try place(of: value, in: container.dict) >= 0
        case .set: return try place(of: value, in: container.dict) >= 0
        case .list: return try containsItem(container.listItems, value)
        case .tuple: return try containsItem(container.tupleItems, value)
        case .string:
            guard value.kind == .string else {
                throw StarlarkError(
                    .evaluation, "'in <string>' requires string as left operand, not \(value.typeName)")
            }
            return try find(value.bytes, in: container.bytes) >= 0
        case .bytes: return try containsBytes(container, value)
        case .range:
            guard value.kind == .integer || value.kind == .float else {
                throw StarlarkError(
                    .evaluation, "'in <range>' requires integer as left operand, not \(value.typeName)")
            }
            return containsNumber(container.range, value)
        default:
            throw StarlarkError(
                .evaluation, "unknown binary op: \(value.typeName) in \(container.typeName)")
        }
    }

    private func isUnhashable(_ value: Value) -> Bool {
        switch value.kind {
        case .list, .dict, .set, .range: true
        default: false
        }
    }

    private func containsItem(
        _ items: UnsafeBufferPointer<Value>, _ value: Value
    ) throws(StarlarkError) -> Bool {
        try spend(items.count >> 3)
        for item in items where try equal(item, value) { return true }
        return false
    }

    private func containsBytes(_ container: Value, _ value: Value) throws(StarlarkError) -> Bool {
        if value.kind == .bytes { return try find(value.bytes, in: container.bytes) >= 0 }
        guard value.kind == .integer else {
            throw StarlarkError(
                .evaluation, "'in bytes' requires bytes or int as left operand, not \(value.typeName)")
        }
        guard value.isSmall, let byte = UInt8(exactly: value.small) else {
            throw StarlarkError(.evaluation, "int in bytes: \(Numbers.text(value)) out of range")
        }
        try spend(bytes: container.string.count)
        return container.bytes.contains(byte)
    }

    private func containsNumber(_ range: RangeObject, _ value: Value) -> Bool {
        let number: Int
        if value.isSmall {
            number = value.small
        } else if value.isFloat, let exact = Int(exactly: value.float) {
            number = exact
        } else {
            return false
        }
        guard range.count > 0 else { return false }
        let offset = number &- range.start
        let last = range[range.count - 1]
        guard number >= min(range.start, last), number <= max(range.start, last) else { return false }
        return offset % range.step == 0
    }

    /// The offset of the first occurrence, or -1; charges the search.
    func find(
        _ needle: UnsafeBufferPointer<UInt8>, in haystack: UnsafeBufferPointer<UInt8>, from start: Int = 0
    ) throws(StarlarkError) -> Int {
        try spend(bytes: haystack.count - start)
        return ByteCompare.find(needle, in: haystack, from: start)
    }
}
