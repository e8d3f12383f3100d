/// `all`, `any`, `enumerate`, `reversed`, `zip`.
enum IterationFunctions {
    static let all: [Builtin] = [
        Builtin("all", allTrue),
        Builtin("any", anyTrue),
        Builtin("enumerate", enumerate),
        Builtin("reversed", reversed),
        Builtin("zip", zip),
    ]

    static func allTrue(_ machine: Machine, _: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try arguments.requirePositional(1, "all")
        return Value(try !contains(false, arguments, "all", machine))
    }

    static func anyTrue(_ machine: Machine, _: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try arguments.requirePositional(1, "any")
        return Value(try contains(true, arguments, "any", machine))
    }

    /// Whether an element has that truth.
    private static func contains(
        _ wanted: Bool, _ arguments: Arguments, _ function: StaticString, _ machine: Machine
    ) throws(StarlarkError) -> Bool {
        var iterator = try arguments.iterator(at: 0, function)
        defer { iterator.end() }
        while true {
            try machine.spend(1)
            let item = try iterator.next(machine)
            if item.isUnbound { return false }
            if machine.isTrue(item) == wanted { return true }
        }
    }

    static func enumerate(_ machine: Machine, _: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try arguments.requirePositional(1...2, "enumerate")
        var iterator = try arguments.iterator(at: 0, "enumerate")
        defer { iterator.end() }
        var number = try arguments.int(at: 1, "enumerate", default: 0)
        let count = ValueIterator.countHint(arguments[0])
        try machine.spend(count)
        let list = try machine.heap.list(capacity: arguments[0].kind == .view ? 0 : count)
        while true {
            let item = try iterator.next(machine)
            if item.isUnbound { return Value(list) }
            let index = try machine.heap.integer(number)
            try machine.append(machine.heap.tuple(index, item), to: list)
            number &+= 1
        }
    }

    static func reversed(_ machine: Machine, _: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try arguments.requirePositional(1, "reversed")
        let list = try ContainerFunctions.collect(arguments, "reversed", machine)
        list.pointee.reverse()
        return Value(list)
    }

    static func zip(_ machine: Machine, _: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try arguments.requireNoNames("zip")
        try machine.spend(arguments.count)
        return try machine.heap.withRoom(bytes: arguments.count * MemoryLayout<ValueIterator>.stride) {
            () throws(StarlarkError) in try rows(arguments, machine)
        }
    }

    private static func rows(_ arguments: Arguments, _ machine: Machine) throws(StarlarkError) -> Value {
        var iterators: [ValueIterator] = []
        iterators.reserveCapacity(arguments.count)
        defer { for iterator in iterators { iterator.end() } }
        var rows = arguments.count == 0 ? 0 : Int.max
        for (index, value) in arguments.positional.enumerated() {
            guard ValueIterator.isIterable(value) else {
                throw StarlarkError(.evaluation, "zip: argument #\(index + 1) is not iterable: \(value.typeName)")
            }
            iterators.append(try ValueIterator.start(value))
            // A host's sequence has no length: it ends when it ends.
            if value.kind != .native { rows = min(rows, ValueIterator.countHint(value)) }
        }
        let list = try machine.heap.list(capacity: min(rows, 1024))
        while list.pointee.count < rows {
            try machine.spend(arguments.count)
            let tuple = try machine.heap.uninitializedTuple(count: arguments.count)
            for index in iterators.indices {
                let item = try iterators[index].next(machine)
                if item.isUnbound { return Value(list) }
                TupleObject.items(tuple)[index] = item
            }
            try machine.append(Value(tuple), to: list)
        }
        return Value(list)
    }
}
