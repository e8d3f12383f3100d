/// `dict`, `len`, `list`, `range`, `set`, `tuple`.
enum ContainerFunctions {
    static let all: [Builtin] = [
        Builtin("dict", dict),
        Builtin("len", len),
        Builtin("list", list),
        Builtin("range", range),
        Builtin("set", set),
        Builtin("tuple", tuple),
    ]

    static func len(_ machine: Machine, _: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try arguments.requirePositional(1, "len")
        let value = arguments[0]
        switch value.kind {
        case .string, .bytes: return Value(small: value.string.count)
        case .tuple, .list, .dict, .set, .range: return Value(small: ValueIterator.countHint(value))
        case .view where value.view.isIndexable:
            return Value(small: value.view.source.string.count)
        default: break
        }
        throw StarlarkError(.evaluation, "len: value of type \(value.typeName) has no len")
    }

    static func range(_ machine: Machine, _: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try arguments.requirePositional(1...3, "range")
        var start = 0
        var stop = try arguments.int(at: 0, "range")
        if arguments.count > 1 {
            start = stop
            stop = try arguments.int(at: 1, "range")
        }
        let step = try arguments.int(at: 2, "range", default: 1)
        guard step != 0 else { throw StarlarkError(.evaluation, "range: step argument must not be zero") }
        return try machine.heap.range(start: start, stop: stop, step: step)
    }

    static func list(_ machine: Machine, _: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try arguments.requirePositional(0...1, "list")
        guard arguments.count == 1 else { return Value(try machine.heap.list()) }
        return Value(try collect(arguments, "list", machine))
    }

    /// A new list with the elements of the first argument.
    static func collect(
        _ arguments: Arguments, _ function: StaticString, _ machine: Machine
    ) throws(StarlarkError) -> UnsafeMutablePointer<ListObject> {
        var iterator = try arguments.iterator(at: 0, function)
        defer { iterator.end() }
        let count = ValueIterator.countHint(arguments[0])
        try machine.spend(count)
        let list = try machine.heap.list(capacity: arguments[0].kind == .view ? 0 : count)
        if arguments[0].kind == .list || arguments[0].kind == .tuple {
            let items = arguments[0].kind == .list ? arguments[0].listItems : arguments[0].tupleItems
            if let base = items.baseAddress { list.pointee.items.update(from: base, count: count) }
            list.pointee.count = count
            return list
        }
        while true {
            let item = try iterator.next(machine)
            if item.isUnbound { return list }
            try machine.append(item, to: list)
        }
    }

    static func tuple(_ machine: Machine, _: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try arguments.requirePositional(0...1, "tuple")
        guard arguments.count == 1 else { return Value(try machine.heap.uninitializedTuple(count: 0)) }
        let value = arguments[0]
        switch value.kind {
        case .tuple: return value
        case .list:
            try machine.spend(value.listItems.count)
            return try machine.heap.tuple(value.listItems)
        default:
            let list = try collect(arguments, "tuple", machine)
            return try machine.heap.tuple(UnsafeBufferPointer(start: list.pointee.items, count: list.pointee.count))
        }
    }

    static func set(_ machine: Machine, _: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try arguments.requirePositional(0...1, "set")
        guard arguments.count == 1 else { return Value(try machine.heap.dict(kind: .set)) }
        var iterator = try arguments.iterator(at: 0, "set")
        defer { iterator.end() }
        let set = try machine.heap.dict(kind: .set)
        do throws(StarlarkError) {
            while true {
                try machine.spend(1)
                let item = try iterator.next(machine)
                if item.isUnbound { return Value(set) }
                try machine.insert(item, .unbound, into: set)
            }
        } catch {
            throw error.code == .evaluation ? error.prefixed("set: ") : error
        }
    }

    static func dict(_ machine: Machine, _: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        guard arguments.count <= 1 else {
            throw StarlarkError(.evaluation, "dict: got \(arguments.count) arguments, want at most 1")
        }
        let dict = try machine.heap.dict(capacity: arguments.namedCount)
        do throws(StarlarkError) {
            try DictMethods.update(dict, arguments, machine)
        } catch {
            throw error.code == .evaluation ? error.prefixed("dict: ") : error
        }
        return Value(dict)
    }
}
