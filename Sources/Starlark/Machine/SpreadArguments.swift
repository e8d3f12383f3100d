/// The arguments of a call with `*` or `**`, before they are laid out one by one.
struct SpreadArguments {
    /// The positional arguments, the values of the named ones, then the `*` and the `**` operand.
    let base: UnsafeMutablePointer<Value>
    let callee: Value
    let positionalCount: Int
    let names: UnsafeMutablePointer<NamesObject>?
    let hasStar: Bool
    let hasDoubleStar: Bool

    private var namedCount: Int { names?.pointee.count ?? 0 }
    private var star: Value { base[positionalCount + namedCount] }
    private var doubleStar: Value { base[positionalCount + namedCount + (hasStar ? 1 : 0)] }

    /// Checks the operands; returns how many words the layout needs at most.
    func measure(_ machine: Machine) throws(StarlarkError) -> Int {
        var words = positionalCount + namedCount
        if hasStar {
            // An iterable without a length would have to be laid out in a list first.
            guard star.isIterable, star.kind != .native else {
                throw StarlarkError(.evaluation, "argument after * must be iterable, not \(star.typeName)")
            }
            let count = ValueIterator.countHint(star)
            try machine.spend(min(count, HeapState.allocationBytesMax))
            words += min(count, HeapState.allocationBytesMax)
        }
        if hasDoubleStar {
            guard doubleStar.kind == .dict else {
                throw StarlarkError(.evaluation, "argument after ** must be a mapping, not \(doubleStar.typeName)")
            }
            let count = doubleStar.dict.pointee.table.count
            try machine.spend(count)
            // The list of all names is laid out too.
            words += 2 * count + namedCount + MemoryLayout<NamesObject>.size / MemoryLayout<Value>.stride
        }
        return words
    }

    /// Writes the arguments to registers: those of a builtin or function call.
    func layOut(in window: UnsafeMutablePointer<Value>, _ machine: Machine) throws(StarlarkError) -> Arguments {
        var list: UnsafeMutablePointer<NamesObject>? = names
        var next = window
        if hasDoubleStar {
            let count = namedCount + doubleStar.dict.pointee.table.count
            list = try layOutNames(at: UnsafeMutableRawPointer(window), count: count, machine)
            next += MemoryLayout<NamesObject>.size / MemoryLayout<Value>.stride + count
        }
        let start = next
        next.update(from: base, count: positionalCount)
        next += positionalCount
        if hasStar {
            var iterator = try ValueIterator.start(star)
            defer { iterator.end() }
            while true {
                let item = try iterator.next(machine)
                if item.isUnbound { break }
                next.initialize(to: item)
                next += 1
            }
        }
        let count = next - start
        next.update(from: base + positionalCount, count: namedCount)
        next += namedCount
        if hasDoubleStar {
            let table = doubleStar.dict.pointee.table
            for place in table.firstPlace..<max(table.places, table.firstPlace) {
                let entry = table.entries[place]
                if entry.key.isUnbound { continue }
                next.initialize(to: entry.value)
                next += 1
            }
        }
        return Arguments(base: start, count: count, names: list?.pointee.count == 0 ? nil : list)
    }

    /// Writes the list of all names: it lives as long as the call.
    private func layOutNames(
        at place: UnsafeMutableRawPointer, count: Int, _ machine: Machine
    ) throws(StarlarkError) -> UnsafeMutablePointer<NamesObject> {
        let list = place.assumingMemoryBound(to: NamesObject.self)
        list.initialize(to: NamesObject(header: ObjectHeader(.names), count: count, sorted: nil))
        let items = NamesObject.items(list)
        if let names { items.update(from: NamesObject.items(names), count: namedCount) }
        var next = namedCount
        let table = doubleStar.dict.pointee.table
        for place in table.firstPlace..<max(table.places, table.firstPlace) {
            let key = table.entries[place].key
            if key.isUnbound { continue }
            guard key.kind == .string else {
                throw StarlarkError(.evaluation, "keywords must be strings, not \(key.typeName)")
            }
            items[next] = key
            next += 1
        }
        for index in 0..<namedCount where try machine.place(of: items[index], in: doubleStar.dict) >= 0 {
            throw StarlarkError(.evaluation, try repeated(items[index], machine))
        }
        return list
    }

    private func repeated(_ name: Value, _ machine: Machine) throws(StarlarkError) -> String {
        let name = try machine.repr(name)
        switch callee.kind {
        case .function:
            let function = callee.function.pointee.code.pointee.name.swiftString
            return "function \(function) got multiple values for parameter \(name)"
        case .builtin: return "\(callee.builtin.pointee.name): duplicate keyword arg: \(name)"
        default: return "duplicate keyword arg: \(name)"
        }
    }
}
