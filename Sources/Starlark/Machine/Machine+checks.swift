extension Machine {
    /// An integer argument that must fit a machine word.
    ///
    /// - Throws: `.evaluation` naming `what` for another type or a larger integer.
    func index(_ value: Value, _ what: @autoclosure () -> String) throws(StarlarkError) -> Int {
        if value.isSmall { return value.small }
        if value.kind == .integer { throw StarlarkError(.evaluation, "\(what()): integer out of range") }
        throw StarlarkError(.evaluation, "\(what()): got \(value.typeName), want int")
    }

    /// Refuses to change a list that is frozen or being iterated over.
    ///
    /// Call it right before the change.
    @inline(__always)
    func checkMutable(
        _ list: UnsafeMutablePointer<ListObject>, _ verb: @autoclosure () -> String
    ) throws(StarlarkError) {
        if list.pointee.owner.pointee.isFrozen || list.pointee.iterators > 0 {
            throw immutable(list.pointee.owner, "list", verb())
        }
    }

    /// Refuses to change a dict or set that is frozen or being iterated over.
    ///
    /// Call it right before the change.
    @inline(__always)
    func checkMutable(
        _ dict: UnsafeMutablePointer<DictObject>, _ verb: @autoclosure () -> String
    ) throws(StarlarkError) {
        if dict.pointee.owner.pointee.isFrozen || dict.pointee.iterators > 0 {
            throw immutable(dict.pointee.owner, "hash table", verb())
        }
    }

    @inline(never)
    private func immutable(
        _ owner: UnsafeMutablePointer<HeapState>, _ noun: String, _ verb: String
    ) -> StarlarkError {
        let state = owner.pointee.isFrozen ? "frozen \(noun)" : "\(noun) during iteration"
        return StarlarkError(.evaluation, "cannot \(verb) \(state)")
    }

    /// Appends to a list that may be changed.
    @inline(__always)
    func append(_ value: Value, to list: UnsafeMutablePointer<ListObject>) throws(StarlarkError) {
        let count = list.pointee.count
        if count == list.pointee.capacity { try reserve(list, count + 1) }
        list.pointee.items[count] = value
        list.pointee.count = count + 1
    }

    /// Makes room for `count` items in all.
    @inline(never)
    func reserve(_ list: UnsafeMutablePointer<ListObject>, _ count: Int) throws(StarlarkError) {
        let capacity = list.pointee.capacity
        guard count > capacity else { return }
        let room = max(4, count, capacity + capacity / 2)
        let stride = MemoryLayout<Value>.stride
        let bytes = try heap.byteCount(room, of: stride)
        list.pointee.items = try heap.state.pointee.grow(list.pointee.items, from: capacity * stride, to: bytes)
            .assumingMemoryBound(to: Value.self)
        list.pointee.capacity = room
    }

    /// Sets an entry of a dict (or adds to a set) that may be changed.
    @inline(__always)
    func insert(
        _ key: Value, _ value: Value, into dict: UnsafeMutablePointer<DictObject>
    ) throws(StarlarkError) {
        let hash = try Hash.of(key, self)
        let place = try dict.pointee.table.find(key, hash: hash, self)
        if place >= 0 {
            dict.pointee.table.entries[place].value = value
        } else {
            try dict.pointee.table.append(key, hash: hash, value: value, heap)
        }
    }

    /// The value of a key, or unbound.
    @inline(__always)
    func lookUp(_ key: Value, in dict: UnsafeMutablePointer<DictObject>) throws(StarlarkError) -> Value {
        let place = try dict.pointee.table.find(key, hash: Hash.of(key, self), self)
        return place >= 0 ? dict.pointee.table.entries[place].value : .unbound
    }

    /// The place of a key in a dict or set, or -1.
    @inline(__always)
    func place(of key: Value, in dict: UnsafeMutablePointer<DictObject>) throws(StarlarkError) -> Int {
        try dict.pointee.table.find(key, hash: Hash.of(key, self), self)
    }
}
