/// A hash table that keeps the order of insertion: the storage of dicts and sets.
///
/// Entries stand in an array in order; up to eight are searched one by one, more through an open-addressed index with
/// linear probing. An index item has the entry's number in its low bits, which the mask covers, and above them the
/// same bits of the hash, so that most entries that do not match are never touched. Deleting leaves a hole in the
/// array, closed when the array is full or most of it are holes: a walk never takes long for few keys.
struct Table {
    /// Entries with holes: `used` of `capacity` places are taken.
    private(set) var entries: UnsafeMutablePointer<TableEntry>
    private var index: UnsafeMutablePointer<UInt32>?
    private var mask: UInt32 = 0
    private(set) var used: Int32 = 0
    private var capacity: Int32
    /// How many keys there are.
    private(set) var live: Int32 = 0
    /// No key stands before this place.
    private var first: Int32 = 0

    private static let empty: UInt32 = .max
    private static let unindexedMax = 8
    /// Holes are closed when of this many places or more only an eighth is in use.
    private static let sparseMin: Int32 = 32
    /// Entry numbers must fit the index.
    static let entriesMax = 1 << 30

    var count: Int {
        @inline(__always) get { Int(live) }
    }

    /// Places in use, holes included: the bound of a walk over `entries`.
    var places: Int {
        @inline(__always) get { Int(used) }
    }

    /// The first place that may hold a key.
    var firstPlace: Int {
        @inline(__always) get { Int(first) }
    }

    /// An empty table with room for `capacity` entries.
    init(capacity: Int, allocator: Allocator) throws(StarlarkError) {
        guard capacity <= Table.entriesMax else { throw Table.tooLarge }
        self.capacity = Int32(capacity)
        entries = try allocator.allocate(TableEntry.self, count: capacity)
        if capacity > Table.unindexedMax { try makeIndex(allocator, capacity: capacity) }
    }

    private static var tooLarge: StarlarkError {
        StarlarkError(.memoryLimit, "out of memory: a dict or set cannot hold more than \(entriesMax) entries")
    }

    /// The memory of the entries, the room for more included.
    var entryStorage: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(UnsafeBufferPointer(start: entries, count: Int(capacity)))
    }

    /// The memory of the index; nothing when there is none.
    var indexStorage: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(UnsafeBufferPointer(start: index, count: index == nil ? 0 : Int(mask) + 1))
    }

    /// The place of a key, or -1.
    @inline(__always)
    func find(_ key: Value, hash: UInt32, _ machine: Machine) throws(StarlarkError) -> Int {
        guard let index else {
            var place = Int(first)
            while place < Int(used) {
                let entry = entries + place
                if entry.pointee.hash == hash {
                    if entry.pointee.key.raw == key.raw { return place }
                    if try Equality.keysEqual(entry.pointee.key, key, machine) { return place }
                }
                place &+= 1
            }
            return -1
        }
        var slot = hash & mask
        while true {
            let item = index[Int(slot)]
            if item == Table.empty { return -1 }
            if (item ^ hash) & ~mask == 0 {
                let place = Int(item & mask)
                let entry = entries + place
                if entry.pointee.key.raw == key.raw { return place }
                if entry.pointee.hash == hash, try Equality.keysEqual(entry.pointee.key, key, machine) {
                    return place
                }
            }
            slot = (slot &+ 1) & mask
        }
    }

    /// Adds a key that is known to be absent.
    @inline(__always)
    mutating func append(
        _ key: Value, hash: UInt32, value: Value, _ allocator: Allocator
    ) throws(StarlarkError) {
        if used == capacity { try makeRoom(allocator) }
        (entries + Int(used)).initialize(to: TableEntry(hash: hash, key: key, value: value))
        if index != nil { addToIndex(UInt32(bitPattern: used), hash) }
        used &+= 1
        live &+= 1
    }

    /// Takes an entry out.
    mutating func remove(at place: Int) {
        // The hash stays: it finds the place's item in the index.
        entries[place].key = .unbound
        entries[place].value = .unbound
        live -= 1
        if live == 0 { return removeAll() }
        if place == Int(first) {
            first += 1
            while first < used, entries[Int(first)].key.isUnbound { first += 1 }
        }
        if used >= Table.sparseMin, live < used / 8 { closeHoles() }
    }

    /// Takes every entry out and keeps the room.
    mutating func removeAll() {
        clearIndex()
        used = 0
        live = 0
        first = 0
    }

    /// Empties the index in time proportional to the places in use, however large it is.
    private func clearIndex() {
        guard let index else { return }
        if Int(used) * 4 >= Int(mask) {
            index.update(repeating: Table.empty, count: Int(mask) + 1)
            return
        }
        // Newest first: no item is ever behind an empty slot that came before it.
        var place = UInt32(bitPattern: used)
        while place > 0 {
            place -= 1
            let hash = entries[Int(place)].hash
            var slot = hash & mask
            while index[Int(slot)] != hash & ~mask | place { slot = (slot &+ 1) & mask }
            index[Int(slot)] = Table.empty
        }
    }

    @inline(__always)
    private func addToIndex(_ place: UInt32, _ hash: UInt32) {
        guard let index else { return }
        var slot = hash & mask
        while index[Int(slot)] != Table.empty { slot = (slot &+ 1) & mask }
        index[Int(slot)] = hash & ~mask | place
    }

    /// Closes the holes when they are many, else doubles the room.
    @inline(never)
    private mutating func makeRoom(_ allocator: Allocator) throws(StarlarkError) {
        if Int(live) * 4 <= Int(used) * 3, used > 0 { return closeHoles() }
        guard Int(capacity) < Table.entriesMax else { throw Table.tooLarge }
        let stride = MemoryLayout<TableEntry>.stride
        let room = max(4, Int(capacity) * 2)
        entries = try allocator.state.pointee.grow(entries, from: Int(capacity) * stride, to: room * stride)
            .assumingMemoryBound(to: TableEntry.self)
        // When there is no memory for the index, the table goes on with the room that its index serves.
        if room > Table.unindexedMax { try makeIndex(allocator, capacity: room) }
        capacity = Int32(room)
    }

    private mutating func closeHoles() {
        guard live < used else { return }
        clearIndex()
        var target = 0
        for place in 0..<Int(used) where !entries[place].key.isUnbound {
            entries[target] = entries[place]
            target += 1
        }
        used = live
        first = 0
        fillIndex()
    }

    private mutating func makeIndex(_ allocator: Allocator, capacity: Int) throws(StarlarkError) {
        var size = 16
        while size < capacity * 2 { size *= 2 }
        let stride = MemoryLayout<UInt32>.stride
        let place = try allocator.state.pointee.allocateStorage(size * stride)
        if let old = index { allocator.state.pointee.release(old, bytes: (Int(mask) + 1) * stride) }
        index = place.bindMemory(to: UInt32.self, capacity: size)
        mask = UInt32(size - 1)
        index?.update(repeating: Table.empty, count: size)
        fillIndex()
    }

    /// Enters every place, holes included, into an empty index.
    private func fillIndex() {
        if index == nil { return }
        for place in 0..<Int(used) { addToIndex(UInt32(place), entries[place].hash) }
    }
}
