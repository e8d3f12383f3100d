extension Allocator {
    /// A tuple with a copy of these values.
    func tuple(_ values: UnsafeBufferPointer<Value>) throws(StarlarkError) -> Value {
        let tuple = try uninitializedTuple(count: values.count)
        if let base = values.baseAddress { TupleObject.items(tuple).update(from: base, count: values.count) }
        return Value(object: UnsafeMutableRawPointer(tuple))
    }

    /// A pair.
    func tuple(_ first: Value, _ second: Value) throws(StarlarkError) -> Value {
        let tuple = try uninitializedTuple(count: 2)
        TupleObject.items(tuple)[0] = first
        TupleObject.items(tuple)[1] = second
        return Value(object: UnsafeMutableRawPointer(tuple))
    }

    /// A tuple whose items the caller fills before anyone sees it.
    func uninitializedTuple(count: Int) throws(StarlarkError) -> UnsafeMutablePointer<TupleObject> {
        let place = try allocate(TupleObject.itemsOffset + byteCount(count, of: MemoryLayout<Value>.stride))
        let tuple = place.bindMemory(to: TupleObject.self, capacity: 1)
        tuple.initialize(to: TupleObject(header: ObjectHeader(.tuple), count: count))
        return tuple
    }

    /// An empty list with room for `capacity` items.
    func list(capacity: Int = 0) throws(StarlarkError) -> UnsafeMutablePointer<ListObject> {
        let items = try allocate(Value.self, count: capacity)
        let place = try allocate(MemoryLayout<ListObject>.size)
        let list = place.bindMemory(to: ListObject.self, capacity: 1)
        list.initialize(
            to: ListObject(
                header: ObjectHeader(.list), count: 0, items: items, capacity: capacity, owner: state, iterators: 0))
        return list
    }

    /// A list with a copy of these values.
    func list(_ values: UnsafeBufferPointer<Value>) throws(StarlarkError) -> Value {
        let list = try list(capacity: values.count)
        if let base = values.baseAddress { list.pointee.items.update(from: base, count: values.count) }
        list.pointee.count = values.count
        return Value(object: UnsafeMutableRawPointer(list))
    }

    /// An empty dict or set with room for `capacity` entries.
    func dict(capacity: Int = 0, kind: Kind = .dict) throws(StarlarkError) -> UnsafeMutablePointer<DictObject> {
        // There may be no room for the table; what was taken until then must be an object all the same.
        let place = try state.pointee.allocateStorage(MemoryLayout<DictObject>.size)
        state.pointee.beginObject(place, bytes: MemoryLayout<DictObject>.size)
        let table = try Table(capacity: capacity, allocator: self)
        let dict = place.bindMemory(to: DictObject.self, capacity: 1)
        dict.initialize(to: DictObject(header: ObjectHeader(kind), table: table, owner: state, iterators: 0))
        return dict
    }

    /// `range(start, stop, step)`; `step` is not 0.
    func range(start: Int, stop: Int, step: Int) throws(StarlarkError) -> Value {
        var count = 0
        if step > 0, start < stop {
            count = Int((UInt(bitPattern: stop) &- UInt(bitPattern: start) &- 1) / UInt(step) &+ 1)
        } else if step < 0, start > stop {
            count = Int((UInt(bitPattern: start) &- UInt(bitPattern: stop) &- 1) / step.magnitude &+ 1)
        }
        let place = try allocate(MemoryLayout<RangeObject>.size)
        place.bindMemory(to: RangeObject.self, capacity: 1).initialize(
            to: RangeObject(header: ObjectHeader(.range), start: start, stop: stop, step: step, count: count))
        return Value(object: place)
    }

    /// A variable shared by closures.
    func cell(_ value: Value) throws(StarlarkError) -> Value {
        let place = try allocate(MemoryLayout<CellObject>.size)
        place.bindMemory(to: CellObject.self, capacity: 1).initialize(
            to: CellObject(header: ObjectHeader(.cell), value: value))
        return Value(object: place)
    }

    /// A method together with its receiver.
    func boundMethod(_ builtin: UnsafePointer<Builtin>, _ receiver: Value) throws(StarlarkError) -> Value {
        let place = try allocate(MemoryLayout<BoundMethodObject>.size)
        place.bindMemory(to: BoundMethodObject.self, capacity: 1).initialize(
            to: BoundMethodObject(header: ObjectHeader(.boundMethod), builtin: builtin, receiver: receiver))
        return Value(object: place)
    }

    /// A function written in Swift.
    func builtin(_ builtin: UnsafePointer<Builtin>) throws(StarlarkError) -> Value {
        let place = try allocate(MemoryLayout<BuiltinObject>.size)
        place.bindMemory(to: BuiltinObject.self, capacity: 1).initialize(
            to: BuiltinObject(header: ObjectHeader(.builtin), builtin: builtin, owner: state))
        return Value(object: place)
    }

    /// A view of a string or bytes.
    func view(_ source: Value, part: ViewObject.Part) throws(StarlarkError) -> Value {
        let place = try allocate(MemoryLayout<ViewObject>.size)
        place.bindMemory(to: ViewObject.self, capacity: 1).initialize(
            to: ViewObject(header: ObjectHeader(.view), source: source, part: part))
        return Value(object: place)
    }

    /// A value of a type written in Swift.
    func native(_ type: NativeType, first: Int, second: Int = 0) throws(StarlarkError) -> Value {
        let place = try allocate(MemoryLayout<NativeObject>.size)
        place.bindMemory(to: NativeObject.self, capacity: 1).initialize(
            to: NativeObject(
                header: ObjectHeader(.native), type: Unmanaged.passUnretained(type), first: first, second: second))
        return Value(object: place)
    }
}
