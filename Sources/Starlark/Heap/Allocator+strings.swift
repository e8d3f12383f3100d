extension Allocator {
    /// The empty string.
    var emptyString: Value {
        @inline(__always) get { state.pointee.singles[256] }
    }

    /// A string (or bytes) with a copy of these bytes.
    func string(
        _ bytes: UnsafeBufferPointer<UInt8>, kind: Kind = .string, isASCII: Bool? = nil
    ) throws(StarlarkError) -> Value {
        if bytes.count <= 1, kind == .string {
            return bytes.isEmpty ? emptyString : state.pointee.singles[Int(bytes[0])]
        }
        let object = try uninitializedString(
            count: bytes.count, kind: kind, isASCII: isASCII ?? TextScan.isASCII(bytes))
        if let base = bytes.baseAddress { ByteCopy.copy(base, to: object.pointee.bytes, bytes.count) }
        return Value(object: UnsafeMutableRawPointer(object))
    }

    /// A string whose bytes the caller fills before anyone sees it.
    ///
    /// `isASCII` must come true.
    func uninitializedString(
        count: Int, kind: Kind = .string, isASCII: Bool
    ) throws(StarlarkError) -> UnsafeMutablePointer<StringObject> {
        let size = try byteCount(count, of: 1)
        let place = try allocate(StringObject.inlineOffset + size)
        let object = place.bindMemory(to: StringObject.self, capacity: 1)
        let bytes = (place + StringObject.inlineOffset).bindMemory(to: UInt8.self, capacity: count)
        let flags = isASCII ? StringObject.isASCII : 0
        object.initialize(
            to: StringObject(header: ObjectHeader(kind, flags: flags), count: count, bytes: bytes))
        return object
    }

    /// A string from a Swift string.
    func string(_ text: String) throws(StarlarkError) -> Value {
        var text = text
        let result: Result<Value, StarlarkError> = text.withUTF8 { bytes in
            Result { () throws(StarlarkError) in try string(bytes) }
        }
        return try result.get()
    }

    /// A string (or bytes) from an array of bytes.
    func string(_ bytes: [UInt8], kind: Kind = .string) throws(StarlarkError) -> Value {
        let result: Result<Value, StarlarkError> = bytes.withUnsafeBufferPointer { buffer in
            Result { () throws(StarlarkError) in try string(buffer, kind: kind) }
        }
        return try result.get()
    }

    /// Part of a string or bytes, sharing its bytes.
    ///
    /// The source's heap must outlive this one.
    ///
    /// Short parts are copied: that costs no more than sharing does.
    func substring(_ source: Value, from start: Int, count: Int) throws(StarlarkError) -> Value {
        let text = source.string
        let kind = text.header.kind
        if count == text.count { return source }
        let part = UnsafeBufferPointer(start: text.bytes + start, count: count)
        let isASCII = text.header.flags & StringObject.isASCII != 0
        if count <= 16 { return try string(part, kind: kind, isASCII: isASCII ? true : nil) }
        let place = try allocate(MemoryLayout<StringObject>.size)
        let flags = isASCII || TextScan.isASCII(part) ? StringObject.isASCII : 0
        place.bindMemory(to: StringObject.self, capacity: 1).initialize(
            to: StringObject(header: ObjectHeader(kind, flags: flags), count: count, bytes: text.bytes + start))
        return Value(object: place)
    }

    /// Two strings (or two bytes) end to end.
    ///
    /// A string that grows by repeated `+` takes linear time: from the second append on its bytes stand in a
    /// buffer with room behind them, which the longer string shares.
    func concatenation(_ left: Value, _ right: Value) throws(StarlarkError) -> Value {
        let first = left.string
        let second = right.string
        if second.count == 0 { return left }
        if first.count == 0 { return right }
        let flags = first.header.flags & second.header.flags & StringObject.isASCII
        if first.header.flags & StringObject.isGrowable != 0,
            let grown = try append(second, to: first, flags: flags)
        {
            return grown
        }
        let count = first.count + second.count
        if count >= 64, first.header.flags & (StringObject.isConcatenation | StringObject.isGrowable) != 0 {
            return try growable(first, second, flags: flags)
        }
        let object = try uninitializedString(count: count, kind: first.header.kind, isASCII: flags != 0)
        object.pointee.bytes.update(from: first.bytes, count: first.count)
        (object.pointee.bytes + first.count).update(from: second.bytes, count: second.count)
        object.pointee.header.flags |= StringObject.isConcatenation
        return Value(object: UnsafeMutableRawPointer(object))
    }

    private func append(
        _ second: StringObject, to first: StringObject, flags: UInt8
    ) throws(StarlarkError) -> Value? {
        let buffer = (UnsafeMutableRawPointer(first.bytes) - GrowthBuffer.size)
            .assumingMemoryBound(to: GrowthBuffer.self)
        guard buffer.pointee.owner == state, !state.pointee.isFrozen, buffer.pointee.used == first.count,
            second.count <= buffer.pointee.capacity - first.count
        else { return nil }
        let place = try allocate(MemoryLayout<StringObject>.size)
        (first.bytes + first.count).update(from: second.bytes, count: second.count)
        buffer.pointee.used = first.count + second.count
        place.bindMemory(to: StringObject.self, capacity: 1).initialize(
            to: StringObject(
                header: ObjectHeader(first.header.kind, flags: flags | StringObject.isGrowable),
                count: first.count + second.count, bytes: first.bytes))
        return Value(object: place)
    }

    private func growable(
        _ first: StringObject, _ second: StringObject, flags: UInt8
    ) throws(StarlarkError) -> Value {
        let count = first.count + second.count
        let capacity = try byteCount(count, of: 2)
        let place = try allocate(MemoryLayout<StringObject>.size + GrowthBuffer.size + capacity)
        let start = place + MemoryLayout<StringObject>.size
        start.bindMemory(to: GrowthBuffer.self, capacity: 1).initialize(
            to: GrowthBuffer(capacity: capacity, used: count, owner: state))
        let bytes = (start + GrowthBuffer.size).bindMemory(to: UInt8.self, capacity: capacity)
        bytes.update(from: first.bytes, count: first.count)
        (bytes + first.count).update(from: second.bytes, count: second.count)
        place.bindMemory(to: StringObject.self, capacity: 1).initialize(
            to: StringObject(
                header: ObjectHeader(first.header.kind, flags: flags | StringObject.isGrowable), count: count,
                bytes: bytes))
        return Value(object: place)
    }
}
