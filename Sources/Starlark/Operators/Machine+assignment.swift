/// `x += y`, `x |= y`, unpacking, truth.
extension Machine {
    /// `left += right`: a list is extended in place.
    @inline(never)
    func addInPlace(_ left: Value, _ right: Value, _ flags: UInt8) throws(StarlarkError) -> Value {
        guard left.isObject(.list) else { return try add(left, right, flags) }
        let list = left.list
        guard right.isIterable else { return try binary(.add, left, right) }
        try checkMutable(list, "apply += to")
        try extend(list, with: right)
        return left
    }

    /// Appends the elements of an iterable to a list that may be changed.
    func extend(_ list: UnsafeMutablePointer<ListObject>, with source: Value) throws(StarlarkError) {
        let hint = ValueIterator.countHint(source)
        try spend(hint >> 3)
        let old = list.pointee.count
        if source.kind == .list || source.kind == .tuple {
            try reserve(list, old + hint)
            // Read after the list has moved: it may be extended with itself.
            let items = source.kind == .list ? source.listItems : source.tupleItems
            if let base = items.baseAddress { (list.pointee.items + old).update(from: base, count: hint) }
            list.pointee.count = old + hint
            return
        }
        guard hint < 1 << 40 else { throw StarlarkError(.memoryLimit, "out of memory: too many elements") }
        try reserve(list, old + hint)
        var iterator = try ValueIterator.start(source)
        defer { iterator.end() }
        while true {
            let item = try iterator.next(self)
            if item.isUnbound { return }
            try spend(1)
            try append(item, to: list)
        }
    }

    /// `left |= right`: a dict or set is updated in place.
    @inline(never)
    func orInPlace(_ left: Value, _ right: Value, _ flags: UInt8) throws(StarlarkError) -> Value {
        guard left.kind == right.kind, left.kind == .dict || left.kind == .set else {
            return try binary(.or, left, right, flags)
        }
        try checkMutable(left.dict, "apply |= to")
        try update(left.dict, from: right.dict)
        return left
    }

    /// `a, b, … = source`.
    @inline(never)
    func unpack(_ source: Value, _ count: Int, to target: UnsafeMutablePointer<Value>) throws(StarlarkError) {
        guard source.isIterable else {
            throw StarlarkError(.evaluation, "got \(source.typeName) in sequence assignment")
        }
        var iterator = try ValueIterator.start(source)
        defer { iterator.end() }
        for index in 0..<count {
            let item = try iterator.next(self)
            if item.isUnbound {
                throw StarlarkError(.evaluation, "too few values to unpack (got \(index), want \(count))")
            }
            target[index] = item
        }
        if try !iterator.next(self).isUnbound {
            let got = ValueIterator.countHint(source)
            throw StarlarkError(.evaluation, "too many values to unpack (got \(got), want \(count))")
        }
    }

    /// Whether a value counts as true.
    @inline(never)
    func truth(_ value: Value) -> Bool {
        switch value.kind {
        case .none: false
        case .bool: value.isTrue
        case .integer: value.raw != Value(small: 0).raw
        case .float: value.float != 0
        case .string, .bytes: value.string.count > 0
        case .tuple: !value.tupleItems.isEmpty
        case .list: !value.listItems.isEmpty
        case .dict, .set: value.dict.pointee.table.count > 0
        case .range: value.range.count > 0
        case .native: value.native.type._withUnsafeGuaranteedRef { $0.isTrue(value.native) }
        default: true
        }
    }
}
