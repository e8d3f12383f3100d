extension DictMethods {
    /// Adds the entries of a dict or of a sequence of pairs, then the named arguments.
    static func update(
        _ dict: UnsafeMutablePointer<DictObject>, _ arguments: Arguments, _ machine: Machine
    ) throws(StarlarkError) {
        if arguments.count == 1 {
            if arguments[0].kind == .dict {
                try insertAll(of: arguments[0], into: dict, machine)
            } else {
                try insertPairs(of: arguments[0], into: dict, machine)
            }
        }
        for index in 0..<arguments.namedCount {
            let (name, value) = arguments.named(index)
            try insert(name, value, into: dict, machine)
        }
    }

    @inline(__always)
    private static func insert(
        _ key: Value, _ value: Value, into dict: UnsafeMutablePointer<DictObject>, _ machine: Machine
    ) throws(StarlarkError) {
        try machine.checkMutable(dict, "insert into")
        try machine.insert(key, value, into: dict)
    }

    /// Adds the entries of a dict.
    ///
    /// The two may be the same.
    static func insertAll(
        of source: Value, into dict: UnsafeMutablePointer<DictObject>, _ machine: Machine
    ) throws(StarlarkError) {
        let other = source.dict
        try machine.spend(other.pointee.table.count)
        if other == dict { return try machine.checkMutable(dict, "insert into") }
        var place = other.pointee.table.firstPlace
        while place < other.pointee.table.places {
            let entry = other.pointee.table.entries[place]
            if !entry.key.isUnbound { try insert(entry.key, entry.value, into: dict, machine) }
            place += 1
        }
    }

    private static func insertPairs(
        of source: Value, into dict: UnsafeMutablePointer<DictObject>, _ machine: Machine
    ) throws(StarlarkError) {
        guard ValueIterator.isIterable(source) else {
            throw StarlarkError(.evaluation, "got \(source.typeName), want iterable")
        }
        var iterator = try ValueIterator.start(source)
        defer { iterator.end() }
        var index = 0
        while true {
            try machine.spend(1)
            let pair = try iterator.next(machine)
            if pair.isUnbound { return }
            let (key, value) = try parts(of: pair, index, machine)
            try insert(key, value, into: dict, machine)
            index += 1
        }
    }

    private static func parts(
        of pair: Value, _ index: Int, _ machine: Machine
    ) throws(StarlarkError) -> (Value, Value) {
        let element = "dictionary update sequence element #\(index)"
        guard ValueIterator.isIterable(pair) else {
            throw StarlarkError(.evaluation, "\(element) is not iterable (\(pair.typeName))")
        }
        if pair.kind == .view, !pair.view.isIndexable {
            throw StarlarkError(.evaluation, "\(element) has unknown length (\(pair.typeName))")
        }
        let count = ValueIterator.countHint(pair)
        guard count == 2 else { throw StarlarkError(.evaluation, "\(element) has length \(count), want 2") }
        var parts = try ValueIterator.start(pair)
        defer { parts.end() }
        return (try parts.next(machine), try parts.next(machine))
    }
}
