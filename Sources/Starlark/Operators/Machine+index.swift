/// `x[i]`, `x[i] = v` and `x[low:high:step]`.
extension Machine {
    /// `base[index]`.
    @inline(never)
    func index(_ base: Value, _ index: Value) throws(StarlarkError) -> Value {
        switch base.kind {
        case .list:
            let items = base.listItems
            return items[try place(index, items.count, base)]
        case .dict:
            let value = try lookUp(index, in: base.dict)
            if value.isUnbound { throw StarlarkError(.evaluation, "key \(try repr(index)) not in dict") }
            return value
        case .string:
            let bytes = base.bytes
            return heap.state.pointee.singles[Int(bytes[try place(index, bytes.count, base)])]
        case .tuple:
            let items = base.tupleItems
            return items[try place(index, items.count, base)]
        case .bytes:
            let bytes = base.bytes
            let offset = try place(index, bytes.count, base)
            return try heap.substring(base, from: offset, count: 1)
        case .view where base.view.isIndexable:
            let view = base.view
            return try view.element(at: place(index, view.source.string.count, base), heap).0
        case .range:
            let range = base.range
            return Value(small: range[try place(index, range.count, base)])
        default:
            throw StarlarkError(
                .evaluation, "unhandled index operation \(base.typeName)[\(index.typeName)]")
        }
    }

    /// An index as an offset in `0..<count`; negative ones count from the end.
    @inline(__always)
    func place(_ index: Value, _ count: Int, _ base: Value) throws(StarlarkError) -> Int {
        if index.isSmall {
            let number = index.small
            let place = number < 0 ? number &+ count : number
            if place >= 0, place < count { return place }
        }
        throw badIndex(index, count, base)
    }

    @inline(never)
    private func badIndex(_ index: Value, _ count: Int, _ base: Value) -> StarlarkError {
        let type = base.typeName
        guard index.kind == .integer else {
            return StarlarkError(.evaluation, "\(type) index: got \(index.typeName), want int")
        }
        let number = Numbers.text(index)
        if count == 0 { return StarlarkError(.evaluation, "index \(number) out of range: empty \(type)") }
        return StarlarkError(.evaluation, "\(type) index \(number) out of range [\(-count):\(count - 1)]")
    }

    /// `base[index] = value`.
    @inline(never)
    func setIndex(_ base: Value, _ index: Value, _ value: Value) throws(StarlarkError) {
        switch base.kind {
        case .list:
            try checkMutable(base.list, "assign to element of")
            base.list.pointee.items[try place(index, base.list.pointee.count, base)] = value
        case .dict:
            try checkMutable(base.dict, "insert into")
            try insert(index, value, into: base.dict)
        default:
            throw StarlarkError(.evaluation, "\(base.typeName) value does not support item assignment")
        }
    }

    /// `base[low:high:step]`; None stands for a bound that is not given.
    @inline(never)
    func slice(_ base: Value, _ low: Value, _ high: Value, _ step: Value) throws(StarlarkError) -> Value {
        let count: Int
        switch base.kind {
        case .string, .bytes, .list, .tuple:
            count = base.kind == .list || base.kind == .tuple ? items(base).count : base.string.count
        case .range: count = base.range.count
        default: throw StarlarkError(.evaluation, "invalid slice operand \(base.typeName)")
        }
        let bounds = try SliceRange(low, high, step, count: count)
        if base.kind != .range { try spend(bytes: bounds.count) }
        switch base.kind {
        case .string, .bytes: return try slice(text: base, bounds)
        case .range:
            let range = base.range
            let start = range.start &+ bounds.start &* range.step
            let (stride, overflow) = range.step.multipliedReportingOverflow(by: bounds.step)
            // With fewer than two elements the stride does not matter.
            let safe = overflow || bounds.count < 2 ? range.step : stride
            var (stop, wrapped) = safe.multipliedReportingOverflow(by: bounds.count)
            let (end, beyond) = start.addingReportingOverflow(stop)
            stop = end
            // Beyond 64 bits the end is put right behind the last element.
            if wrapped || beyond { stop = start &+ safe &* (bounds.count - 1) &+ safe.signum() }
            return try heap.range(start: start, stop: stop, step: safe)
        default: return try slice(items: base, bounds)
        }
    }

    private func items(_ value: Value) -> UnsafeBufferPointer<Value> {
        value.kind == .list ? value.listItems : value.tupleItems
    }

    private func slice(text: Value, _ bounds: SliceRange) throws(StarlarkError) -> Value {
        if bounds.step == 1 { return try heap.substring(text, from: bounds.start, count: bounds.count) }
        let source = text.bytes
        let result = try heap.uninitializedString(count: bounds.count, kind: text.kind, isASCII: text.isASCII)
        for index in 0..<bounds.count { result.pointee.bytes[index] = source[bounds.start + index * bounds.step] }
        return Value(object: UnsafeMutableRawPointer(result))
    }

    private func slice(items base: Value, _ bounds: SliceRange) throws(StarlarkError) -> Value {
        let source = items(base)
        if base.kind == .tuple {
            let tuple = try heap.uninitializedTuple(count: bounds.count)
            bounds.copy(source, to: TupleObject.items(tuple))
            return Value(object: UnsafeMutableRawPointer(tuple))
        }
        let list = try heap.list(capacity: bounds.count)
        bounds.copy(source, to: list.pointee.items)
        list.pointee.count = bounds.count
        return Value(object: UnsafeMutableRawPointer(list))
    }
}
