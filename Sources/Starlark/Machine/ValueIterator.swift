/// Walks over an iterable value.
///
/// Four words: a `for` loop keeps it in four registers.
///
/// `end()` must be called once, also when the loop is left early; until then the list, dict or set cannot change.
struct ValueIterator: BitwiseCopyable {
    /// What is walked over; for a range its stride.
    private var source: Value
    private var cursor: UInt
    /// The end for pointers, else how many are left.
    private var limit: UInt
    private var mode: Mode

    private enum Mode: UInt {
        /// `cursor` and `limit` point to values.
        case span
        /// They point to table entries.
        case entries
        /// `cursor` is the next number, `limit` how many are left.
        case range
        /// `cursor` is a byte offset.
        case view
        /// `cursor` is the number of the next element, `limit` the largest word.
        case native
    }

    private init(source: Value, cursor: UInt, limit: UInt, mode: Mode) {
        self.source = source
        self.cursor = cursor
        self.limit = limit
        self.mode = mode
    }

    /// Starts a walk.
    ///
    /// - Throws: `.evaluation` when the value cannot be iterated over.
    static func start(_ value: Value) throws(StarlarkError) -> ValueIterator {
        switch value.kind {
        case .list:
            if !value.list.pointee.owner.pointee.isFrozen { value.list.pointee.iterators += 1 }
            return ValueIterator(span: value.listItems, of: value)
        case .tuple: return ValueIterator(span: value.tupleItems, of: value)
        case .dict, .set:
            if !value.dict.pointee.owner.pointee.isFrozen { value.dict.pointee.iterators += 1 }
            return ValueIterator(dict: value)
        case .range:
            let range = value.range
            return ValueIterator(
                source: Value(raw: UInt(bitPattern: range.step)), cursor: UInt(bitPattern: range.start),
                limit: UInt(range.count), mode: .range)
        case .view:
            return ValueIterator(
                source: value, cursor: 0, limit: UInt(value.view.source.string.count), mode: .view)
        case .native where value.isIterable:
            return ValueIterator(source: value, cursor: 0, limit: .max, mode: .native)
        default: throw StarlarkError(.evaluation, "\(value.typeName) value is not iterable")
        }
    }

    @inline(__always)
    private init(span: UnsafeBufferPointer<Value>, of value: Value) {
        let start = UInt(bitPattern: span.baseAddress)
        self.init(
            source: value, cursor: start, limit: start + UInt(span.count * MemoryLayout<Value>.stride), mode: .span)
    }

    private init(dict value: Value) {
        let table = value.dict.pointee.table
        self.init(
            source: value, cursor: UInt(bitPattern: table.entries + table.firstPlace),
            limit: UInt(bitPattern: table.entries + max(table.places, table.firstPlace)), mode: .entries)
    }

    /// The next element, or unbound at the end.
    @inline(__always)
    mutating func next(_ machine: Machine) throws(StarlarkError) -> Value {
        if cursor == limit, mode != .range { return .unbound }
        if mode == .span {
            let place = UnsafePointer<Value>(bitPattern: cursor).unsafelyUnwrapped
            cursor &+= UInt(MemoryLayout<Value>.stride)
            return place.pointee
        }
        return try nextSlowly(machine)
    }

    @inline(never)
    private mutating func nextSlowly(_ machine: Machine) throws(StarlarkError) -> Value {
        switch mode {
        case .range:
            if limit == 0 { return .unbound }
            let number = Int(bitPattern: cursor)
            limit -= 1
            cursor &+= source.raw
            return Value(small: number)
        case .entries:
            while cursor != limit {
                let entry = UnsafePointer<TableEntry>(bitPattern: cursor).unsafelyUnwrapped
                cursor &+= UInt(MemoryLayout<TableEntry>.stride)
                if !entry.pointee.key.isUnbound { return entry.pointee.key }
            }
            return .unbound
        case .view:
            let (value, count) = try source.view.element(at: Int(cursor), machine.heap)
            cursor += UInt(count)
            return value
        case .native:
            let type = source.native.type.takeUnretainedValue()
            guard let element = type.element else { return .unbound }
            cursor += 1
            return try element(machine, source.native, Int(cursor) - 1)
        case .span: return .unbound
        }
    }

    /// Allows the list, dict or set to change again.
    func end() {
        switch mode {
        case .span:
            guard source.kind == .list, !source.list.pointee.owner.pointee.isFrozen else { return }
            source.list.pointee.iterators -= 1
        case .entries:
            guard !source.dict.pointee.owner.pointee.isFrozen else { return }
            source.dict.pointee.iterators -= 1
        case .range, .view, .native: return
        }
    }

    /// How many elements there are at most; exact but for holes of a dict.
    static func countHint(_ value: Value) -> Int {
        switch value.kind {
        case .list: value.listItems.count
        case .tuple: value.tupleItems.count
        case .dict, .set: value.dict.pointee.table.count
        case .range: value.range.count
        case .view: value.view.source.string.count
        default: 0
        }
    }
}

extension Value {
    /// Whether a `for` loop may run over it.
    var isIterable: Bool {
        switch kind {
        case .list, .tuple, .dict, .set, .range, .view: true
        case .native: native.type._withUnsafeGuaranteedRef { $0.element != nil }
        default: false
        }
    }
}
