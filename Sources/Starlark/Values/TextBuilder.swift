/// Bytes that are being put together for a string, counted against the heap's limit as they grow.
///
/// Exactly one of `finish` and `discard` must be called (`defer { builder.discard() }` is fine: it does nothing
/// after `finish`).
struct TextBuilder {
    private let heap: Allocator
    private var base: UnsafeMutableRawPointer
    private var capacity: Int
    private(set) var count = 0

    /// Starts with room for `capacity` bytes.
    init(_ heap: Allocator, capacity: Int = 64) throws(StarlarkError) {
        self.heap = heap
        self.capacity = max(16, capacity)
        let bytes = try StringObject.inlineOffset + heap.byteCount(self.capacity, of: 1)
        base = try heap.state.pointee.allocateStorage(bytes)
        heap.state.pointee.beginObject(base, bytes: bytes)
    }

    private var bytes: UnsafeMutablePointer<UInt8> {
        (base + StringObject.inlineOffset).assumingMemoryBound(to: UInt8.self)
    }

    /// What is there so far.
    var written: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: bytes, count: count) }

    /// Makes room for more bytes and returns where they go; the caller fills all of them.
    @inline(__always)
    mutating func extend(_ more: Int) throws(StarlarkError) -> UnsafeMutablePointer<UInt8> {
        if more > capacity - count { try grow(more) }
        count += more
        return bytes + (count - more)
    }

    @inline(never)
    private mutating func grow(_ more: Int) throws(StarlarkError) {
        let room = try heap.byteCount(max(capacity + capacity / 2, count + more), of: 1)
        let offset = StringObject.inlineOffset
        base = try heap.state.pointee.grow(base, from: offset + capacity, to: offset + room)
        heap.state.pointee.beginObject(base, bytes: offset + room)
        capacity = room
    }

    @inline(__always)
    mutating func append(_ byte: UInt8) throws(StarlarkError) { try extend(1).pointee = byte }

    mutating func append(_ text: UnsafeBufferPointer<UInt8>) throws(StarlarkError) {
        guard let start = text.baseAddress else { return }
        ByteCopy.copy(start, to: try extend(text.count), text.count)
    }

    mutating func append(_ text: StaticString) throws(StarlarkError) {
        try extend(text.utf8CodeUnitCount).update(from: text.utf8Start, count: text.utf8CodeUnitCount)
    }

    mutating func append(_ text: String) throws(StarlarkError) {
        var text = text
        let result: Result<Void, StarlarkError> = text.withUTF8 { bytes in
            Result { () throws(StarlarkError) in try append(bytes) }
        }
        try result.get()
    }

    /// A number in decimal.
    mutating func append(decimal number: Int) throws(StarlarkError) {
        let magnitude = number.magnitude
        var count = 1
        var bound: UInt = 10
        while count < 19, magnitude >= bound {
            count += 1
            bound &*= 10
        }
        if count == 19, magnitude >= 10_000_000_000_000_000_000 { count = 20 }
        let target = try extend(number < 0 ? count + 1 : count)
        if number < 0 { target[0] = UInt8(ascii: "-") }
        var place = target + (number < 0 ? count : count - 1)
        var rest = magnitude
        for _ in 0..<count {
            place.pointee = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
            place -= 1
        }
    }

    /// The bytes of a string or bytes value.
    mutating func append(_ value: Value) throws(StarlarkError) { try append(value.bytes) }

    /// Makes the string (or bytes), without copying; the rest of the room is given up.
    mutating func finish(kind: Kind = .string) -> Value {
        let isASCII = TextScan.isASCII(written)
        if count <= 1, kind == .string {
            let single = count == 0 ? heap.emptyString : heap.state.pointee.singles[Int(bytes[0])]
            discard()
            return single
        }
        let place = base.bindMemory(to: StringObject.self, capacity: 1)
        place.initialize(
            to: StringObject(
                header: ObjectHeader(kind, flags: isASCII ? StringObject.isASCII : 0), count: count, bytes: bytes))
        heap.state.pointee.shrink(
            base, from: StringObject.inlineOffset + capacity, to: StringObject.inlineOffset + count)
        capacity = 0
        return Value(object: base)
    }

    /// Gives the room up.
    mutating func discard() {
        guard capacity > 0 else { return }
        heap.state.pointee.release(base, bytes: StringObject.inlineOffset + capacity)
        capacity = 0
        count = 0
    }
}
