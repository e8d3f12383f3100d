/// Whether two values are equal: `==`.
enum Equality {
    @inline(__always)
    static func equal(_ left: Value, _ right: Value, _ machine: Machine) throws(StarlarkError) -> Bool {
        if left.raw == right.raw { return try left.isMutableContainer ? Cycles.refuse(in: left, machine) : true }
        if Value.areSmall(left, right) { return false }
        return try slow(left, right, machine)
    }

    /// Whether two keys with the same hash are equal; the first may be a hole.
    @inline(__always)
    static func keysEqual(_ entry: Value, _ key: Value, _ machine: Machine) throws(StarlarkError) -> Bool {
        if entry.isUnbound || Value.areSmall(entry, key) { return false }
        if entry.isObject(.string), key.isObject(.string) { return try sameText(entry, key, machine) }
        return try slow(entry, key, machine)
    }

    /// Whether two strings (or two bytes) have the same bytes.
    @inline(__always)
    static func sameBytes(_ left: Value, _ right: Value) -> Bool {
        let first = left.bytes
        let second = right.bytes
        guard first.count == second.count else { return false }
        guard let one = first.baseAddress, let other = second.baseAddress else { return true }
        return ByteCompare.equal(one, other, first.count)
    }

    /// As `sameBytes`; charges the comparison of long texts.
    @inline(__always)
    static func sameText(_ left: Value, _ right: Value, _ machine: Machine) throws(StarlarkError) -> Bool {
        let count = left.string.count
        guard count == right.string.count else { return false }
        if count >= 1024 { try machine.spend(bytes: count) }
        return sameBytes(left, right)
    }

    /// Equality of values that are no containers; nil when both are containers of one kind.
    @inline(__always)
    static func leaves(_ left: Value, _ right: Value, _ machine: Machine) throws(StarlarkError) -> Bool? {
        if left.raw == right.raw { return true }
        let kind = left.kind
        let other = right.kind
        guard kind == other else {
            if kind == .integer, other == .float { return Numbers.compare(left, right) == 0 }
            if kind == .float, other == .integer { return Numbers.compare(left, right) == 0 }
            return false
        }
        switch kind {
        case .integer, .float: return try Numbers.compare(left, right, machine) == 0
        case .string, .bytes: return try sameText(left, right, machine)
        case .tuple, .list, .dict, .set, .structure: return nil
        case .range: return ranges(left.range, right.range)
        case .boundMethod:
            let one = left.boundMethod
            let two = right.boundMethod
            return one.builtin == two.builtin && one.receiver.raw == two.receiver.raw
        case .native: return natives(left.native, right.native)
        default: return false
        }
    }

    private static func ranges(_ left: RangeObject, _ right: RangeObject) -> Bool {
        guard left.count == right.count else { return false }
        if left.count == 0 { return true }
        return left.start == right.start && (left.count == 1 || left.step == right.step)
    }

    private static func natives(_ left: NativeObject, _ right: NativeObject) -> Bool {
        guard left.type.toOpaque() == right.type.toOpaque() else { return false }
        return left.type._withUnsafeGuaranteedRef { $0.equal(left, right) }
    }

    /// Whether two sequences are equal; nil when that is up to parts that have parts.
    private static func flat(
        _ left: UnsafeBufferPointer<Value>, _ right: UnsafeBufferPointer<Value>, _ machine: Machine
    ) throws(StarlarkError) -> Bool? {
        guard left.count == right.count else { return false }
        for index in left.indices {
            try machine.spend(1)
            guard let answer = try leaves(left[index], right[index], machine) else { return nil }
            if !answer { return false }
        }
        return true
    }

    @inline(never)
    private static func slow(_ left: Value, _ right: Value, _ machine: Machine) throws(StarlarkError) -> Bool {
        if left.isObject(.string), right.isObject(.string) { return try sameText(left, right, machine) }
        if let answer = try leaves(left, right, machine) { return answer }
        if left.kind == .list, let answer = try flat(left.listItems, right.listItems, machine) { return answer }
        if left.kind == .tuple, let answer = try flat(left.tupleItems, right.tupleItems, machine) { return answer }
        var stack = WorkStack<PairFrame>(machine)
        defer { stack.free() }
        guard let frame = try PairFrame(left, right, machine) else { return false }
        try stack.push(frame)
        while !stack.isEmpty {
            let top = stack.last
            try machine.spend(1)
            guard let (one, two) = try top.pointee.next(machine) else {
                if top.pointee.differs { return false }
                stack.pop()
                continue
            }
            if let answer = try leaves(one, two, machine) {
                if !answer { return false }
                continue
            }
            guard let frame = try PairFrame(one, two, machine) else { return false }
            try stack.push(frame)
        }
        return true
    }
}
