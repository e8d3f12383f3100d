/// The methods of dicts.
enum DictMethods {
    static let all: [Builtin] = [
        Builtin("clear", clear),
        Builtin("get", get),
        Builtin("items", items),
        Builtin("keys", keys),
        Builtin("pop", pop),
        Builtin("popitem", popitem),
        Builtin("setdefault", setdefault),
        Builtin("update", update),
        Builtin("values", values),
    ]

    static func get(_ machine: Machine, _ receiver: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try arguments.requirePositional(1...2, "get")
        let value = try named("get") { () throws(StarlarkError) in
            try machine.lookUp(arguments[0], in: receiver.dict)
        }
        if !value.isUnbound { return value }
        return arguments.count == 2 ? arguments[1] : .none
    }

    static func clear(_ machine: Machine, _ receiver: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try arguments.requirePositional(0, "clear")
        try machine.checkMutable(receiver.dict, "clear")
        try machine.spend(receiver.dict.pointee.table.count)
        receiver.dict.pointee.table.removeAll()
        return .none
    }

    static func keys(_ machine: Machine, _ receiver: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try arguments.requirePositional(0, "keys")
        return try list(receiver, machine) { entry throws(StarlarkError) in entry.key }
    }

    static func values(_ machine: Machine, _ receiver: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try arguments.requirePositional(0, "values")
        return try list(receiver, machine) { entry throws(StarlarkError) in entry.value }
    }

    static func items(_ machine: Machine, _ receiver: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try arguments.requirePositional(0, "items")
        return try list(receiver, machine) { entry throws(StarlarkError) in
            try machine.heap.tuple(entry.key, entry.value)
        }
    }

    @inline(__always)
    private static func list(
        _ receiver: Value, _ machine: Machine, _ part: (TableEntry) throws(StarlarkError) -> Value
    ) throws(StarlarkError) -> Value {
        let table = receiver.dict.pointee.table
        try machine.spend(table.count)
        let list = try machine.heap.list(capacity: table.count)
        for place in table.firstPlace..<max(table.places, table.firstPlace)
        where !table.entries[place].key.isUnbound {
            try machine.append(part(table.entries[place]), to: list)
        }
        return Value(list)
    }

    static func pop(_ machine: Machine, _ receiver: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try arguments.requirePositional(1...2, "pop")
        let dict = receiver.dict
        return try named("pop") { () throws(StarlarkError) in
            try machine.checkMutable(dict, "delete from")
            let place = try machine.place(of: arguments[0], in: dict)
            guard place >= 0 else {
                if arguments.count == 2 { return arguments[1] }
                throw StarlarkError(.evaluation, "missing key")
            }
            let value = dict.pointee.table.entries[place].value
            dict.pointee.table.remove(at: place)
            return value
        }
    }

    static func popitem(_ machine: Machine, _ receiver: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try arguments.requirePositional(0, "popitem")
        let dict = receiver.dict
        guard dict.pointee.table.count > 0 else { throw StarlarkError(.evaluation, "popitem: empty dict") }
        try named("popitem") { () throws(StarlarkError) in try machine.checkMutable(dict, "delete from") }
        let place = dict.pointee.table.firstPlace
        let entry = dict.pointee.table.entries[place]
        let item = try machine.heap.tuple(entry.key, entry.value)
        dict.pointee.table.remove(at: place)
        return item
    }

    static func setdefault(
        _ machine: Machine, _ receiver: Value, _ arguments: Arguments
    ) throws(StarlarkError) -> Value {
        try arguments.requirePositional(1...2, "setdefault")
        return try named("setdefault") { () throws(StarlarkError) in
            let found = try machine.lookUp(arguments[0], in: receiver.dict)
            if !found.isUnbound { return found }
            let value = arguments.count == 2 ? arguments[1] : .none
            try machine.checkMutable(receiver.dict, "insert into")
            try machine.insert(arguments[0], value, into: receiver.dict)
            return value
        }
    }

    static func update(_ machine: Machine, _ receiver: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        guard arguments.count <= 1 else {
            throw StarlarkError(.evaluation, "update: got \(arguments.count) arguments, want at most 1")
        }
        try named("update") { () throws(StarlarkError) in
            try update(receiver.dict, arguments, machine)
        }
        return .none
    }

    /// Puts the name of a method before an error of the program.
    @inline(__always)
    static func named<Result>(
        _ name: StaticString, _ body: () throws(StarlarkError) -> Result
    ) throws(StarlarkError) -> Result {
        do throws(StarlarkError) {
            return try body()
        } catch {
            throw error.code == .evaluation ? error.prefixed("\(name): ") : error
        }
    }
}
