/// What sets do with other iterables.
enum SetAlgebra {
    /// Adds the elements of an iterable.
    static func insertAll(
        of values: Value, into set: UnsafeMutablePointer<DictObject>, _ machine: Machine
    ) throws(StarlarkError) {
        try forEach(of: values, machine) { item throws(StarlarkError) in
            try machine.insert(item, .unbound, into: set)
            return true
        }
    }

    /// Calls for each element until the answer is false.
    @inline(__always)
    static func forEach(
        of values: Value, _ machine: Machine, _ body: (Value) throws(StarlarkError) -> Bool
    ) throws(StarlarkError) {
        var iterator = try ValueIterator.start(values)
        defer { iterator.end() }
        while true {
            try machine.spend(1)
            let item = try iterator.next(machine)
            if item.isUnbound { return }
            if try !body(item) { return }
        }
    }

    /// A set of the elements of an iterable: itself when it is one.
    static func asSet(_ values: Value, _ machine: Machine) throws(StarlarkError) -> UnsafeMutablePointer<DictObject> {
        if values.kind == .set { return values.dict }
        let result = try machine.heap.dict(kind: .set)
        try insertAll(of: values, into: result, machine)
        return result
    }

    /// Whether every element of the first is in the second.
    static func isSubset(_ machine: Machine, _ left: Value, _ right: Value) throws(StarlarkError) -> Bool {
        let other = try asSet(right, machine)
        guard left.dict.pointee.table.count <= other.pointee.table.count else { return false }
        return try containsAll(other, left, machine)
    }

    /// Whether every element of an iterable is in the set.
    static func containsAll(
        _ set: UnsafeMutablePointer<DictObject>, _ values: Value, _ machine: Machine
    ) throws(StarlarkError) -> Bool {
        var answer = true
        try forEach(of: values, machine) { item throws(StarlarkError) in
            answer = try machine.place(of: item, in: set) >= 0
            return answer
        }
        return answer
    }
}
