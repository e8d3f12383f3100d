extension Arguments {
    /// An argument that must be a string.
    @inline(__always)
    func string(at index: Int, _ function: StaticString) throws(StarlarkError) -> Value {
        let value = base[index]
        guard value.isObject(.string) else { throw mismatch(index, function, want: "string") }
        return value
    }

    /// An argument that must be an integer within a machine word; `fallback` when it is not given.
    func int(at index: Int, _ function: StaticString, default fallback: Int? = nil) throws(StarlarkError) -> Int {
        if index >= count, let fallback { return fallback }
        let value = base[index]
        if value.isSmall { return value.small }
        guard value.kind == .integer else { throw mismatch(index, function, want: "int") }
        let number = value.bigInteger.pointee.count <= 4 ? "\(Numbers.bigInteger(value))" : "integer"
        throw StarlarkError(
            .evaluation,
            "\(function): for parameter \(index + 1): \(number) out of range (want value in signed 63-bit range)")
    }

    /// An argument that is a place in a sequence; one beyond a machine word is beyond either end.
    func place(at index: Int, _ function: StaticString) throws(StarlarkError) -> Int {
        let value = base[index]
        guard value.kind == .integer else { throw mismatch(index, function, want: "int") }
        if value.isSmall { return value.small }
        return Numbers.isNegative(value) ? Value.smallMin : Value.smallMax
    }

    /// An argument that must be a bool; False when it is not given.
    func flag(at index: Int, _ function: StaticString) throws(StarlarkError) -> Bool {
        guard index < count else { return false }
        guard base[index].isBool else { throw mismatch(index, function, want: "bool") }
        return base[index].isTrue
    }

    /// Starts walking over an argument that must be iterable.
    func iterator(at index: Int, _ function: StaticString) throws(StarlarkError) -> ValueIterator {
        guard ValueIterator.isIterable(base[index]) else { throw mismatch(index, function, want: "iterable") }
        return try ValueIterator.start(base[index])
    }

    private func mismatch(_ index: Int, _ function: StaticString, want: String) -> StarlarkError {
        StarlarkError(
            .evaluation, "\(function): for parameter \(index + 1): got \(base[index].typeName), want \(want)")
    }

    /// The bounds `[start:end]` given by two optional arguments, clamped to a length.
    func bounds(from index: Int, length: Int, _ function: StaticString) throws(StarlarkError) -> Range<Int> {
        let start = try bound(at: index, length: length, default: 0, "\(function): invalid start index")
        let end = try bound(at: index + 1, length: length, default: length, "\(function): invalid end index")
        return start..<max(start, end)
    }

    private func bound(
        at index: Int, length: Int, default fallback: Int, _ what: @autoclosure () -> String
    ) throws(StarlarkError) -> Int {
        guard index < count, !base[index].isNone else { return fallback }
        let value = base[index]
        guard value.kind == .integer else {
            throw StarlarkError(.evaluation, "\(what()): got \(value.typeName), want int")
        }
        guard value.isSmall else { return Numbers.isNegative(value) ? 0 : length }
        let place = value.small < 0 ? value.small + length : value.small
        return min(max(place, 0), length)
    }

    /// Refuses named arguments.
    func requireNoNames(_ function: StaticString) throws(StarlarkError) {
        if namedCount > 0 { throw StarlarkError(.evaluation, "\(function): unexpected keyword arguments") }
    }
}

extension ValueIterator {
    /// Whether a value can be iterated over.
    static func isIterable(_ value: Value) -> Bool { value.isIterable }
}

extension Value {
    /// A list as a value.
    @inline(__always)
    init(_ list: UnsafeMutablePointer<ListObject>) { self.init(object: UnsafeMutableRawPointer(list)) }

    /// A dict or set as a value.
    @inline(__always)
    init(_ dict: UnsafeMutablePointer<DictObject>) { self.init(object: UnsafeMutableRawPointer(dict)) }

    /// A tuple as a value.
    @inline(__always)
    init(_ tuple: UnsafeMutablePointer<TupleObject>) { self.init(object: UnsafeMutableRawPointer(tuple)) }

    /// A string as a value.
    @inline(__always)
    init(_ string: UnsafeMutablePointer<StringObject>) { self.init(object: UnsafeMutableRawPointer(string)) }
}

extension ListObject {
    /// Puts the items in the opposite order.
    func reverse() {
        var low = 0
        var high = count - 1
        while low < high {
            let item = items[low]
            items[low] = items[high]
            items[high] = item
            low += 1
            high -= 1
        }
    }
}
