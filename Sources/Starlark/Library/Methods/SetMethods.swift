/// The methods of sets.
enum SetMethods {
    static let all: [Builtin] = [
        Builtin("add", add),
        Builtin("clear", clear),
        Builtin("difference", difference),
        Builtin("discard", discard),
        Builtin("intersection", intersection),
        Builtin("issubset", issubset),
        Builtin("issuperset", issuperset),
        Builtin("pop", pop),
        Builtin("remove", remove),
        Builtin("symmetric_difference", symmetricDifference),
        Builtin("union", union),
        Builtin("update", update),
    ]

    static func add(_ machine: Machine, _ receiver: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try arguments.requirePositional(1, "add")
        try DictMethods.named("add") { () throws(StarlarkError) in
            try machine.checkMutable(receiver.dict, "insert into")
            try machine.insert(arguments[0], .unbound, into: receiver.dict)
        }
        return .none
    }

    static func clear(_ machine: Machine, _ receiver: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try arguments.requirePositional(0, "clear")
        guard receiver.dict.pointee.table.count > 0 else { return .none }
        try DictMethods.named("clear") { () throws(StarlarkError) in
            try machine.checkMutable(receiver.dict, "clear")
        }
        receiver.dict.pointee.table.removeAll()
        return .none
    }

    static func discard(_ machine: Machine, _ receiver: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try arguments.requirePositional(1, "discard")
        _ = try delete(arguments[0], receiver, "discard", machine)
        return .none
    }

    static func remove(_ machine: Machine, _ receiver: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try arguments.requirePositional(1, "remove")
        guard try delete(arguments[0], receiver, "remove", machine) else {
            throw StarlarkError(.evaluation, "remove: missing key")
        }
        return .none
    }

    private static func delete(
        _ value: Value, _ receiver: Value, _ method: StaticString, _ machine: Machine
    ) throws(StarlarkError) -> Bool {
        try DictMethods.named(method) { () throws(StarlarkError) in
            try machine.checkMutable(receiver.dict, "delete from")
            let place = try machine.place(of: value, in: receiver.dict)
            if place >= 0 { receiver.dict.pointee.table.remove(at: place) }
            return place >= 0
        }
    }

    static func pop(_ machine: Machine, _ receiver: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try arguments.requirePositional(0, "pop")
        let table = receiver.dict.pointee.table
        guard table.count > 0 else { throw StarlarkError(.evaluation, "pop: empty set") }
        try DictMethods.named("pop") { () throws(StarlarkError) in
            try machine.checkMutable(receiver.dict, "delete from")
        }
        let value = table.entries[table.firstPlace].key
        receiver.dict.pointee.table.remove(at: table.firstPlace)
        return value
    }

    /// The one argument of a method that takes another iterable.
    private static func other(_ arguments: Arguments, _ method: StaticString) throws(StarlarkError) -> Value {
        try arguments.requirePositional(1, method)
        guard ValueIterator.isIterable(arguments[0]) else {
            throw StarlarkError(
                .evaluation, "\(method): for parameter 1: got \(arguments[0].typeName), want iterable")
        }
        return arguments[0]
    }

    static func difference(
        _ machine: Machine, _ receiver: Value, _ arguments: Arguments
    ) throws(StarlarkError) -> Value {
        let other = try other(arguments, "difference")
        return try DictMethods.named("difference") { () throws(StarlarkError) in
            try machine.difference(receiver, Value(SetAlgebra.asSet(other, machine)), keepingCommon: false)
        }
    }

    static func intersection(
        _ machine: Machine, _ receiver: Value, _ arguments: Arguments
    ) throws(StarlarkError) -> Value {
        let other = try other(arguments, "intersection")
        return try DictMethods.named("intersection") { () throws(StarlarkError) in
            try machine.difference(receiver, Value(SetAlgebra.asSet(other, machine)), keepingCommon: true)
        }
    }

    static func symmetricDifference(
        _ machine: Machine, _ receiver: Value, _ arguments: Arguments
    ) throws(StarlarkError) -> Value {
        let other = try other(arguments, "symmetric_difference")
        return try DictMethods.named("symmetric_difference") { () throws(StarlarkError) in
            try machine.symmetricDifference(receiver, Value(SetAlgebra.asSet(other, machine)))
        }
    }

    static func issubset(
        _ machine: Machine, _ receiver: Value, _ arguments: Arguments
    ) throws(StarlarkError) -> Value {
        let other = try other(arguments, "issubset")
        return try DictMethods.named("issubset") { () throws(StarlarkError) in
            Value(try SetAlgebra.isSubset(machine, receiver, other))
        }
    }

    static func issuperset(
        _ machine: Machine, _ receiver: Value, _ arguments: Arguments
    ) throws(StarlarkError) -> Value {
        let other = try other(arguments, "issuperset")
        return try DictMethods.named("issuperset") { () throws(StarlarkError) in
            Value(try SetAlgebra.containsAll(receiver.dict, other, machine))
        }
    }

    static func union(_ machine: Machine, _ receiver: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try DictMethods.named("union") { () throws(StarlarkError) in
            let result = try machine.copy(receiver.dict)
            try insertAll(arguments, into: result, machine)
            return Value(result)
        }
    }

    static func update(_ machine: Machine, _ receiver: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try DictMethods.named("update") { () throws(StarlarkError) in
            try insertAll(arguments, into: receiver.dict, machine)
        }
        return .none
    }

    private static func insertAll(
        _ arguments: Arguments, into set: UnsafeMutablePointer<DictObject>, _ machine: Machine
    ) throws(StarlarkError) {
        if arguments.namedCount > 0 { throw StarlarkError(.evaluation, "does not accept keyword arguments") }
        for (index, values) in arguments.positional.enumerated() {
            guard ValueIterator.isIterable(values) else {
                throw StarlarkError(.evaluation, "argument #\(index + 1) is not iterable: \(values.typeName)")
            }
            if values.kind == .set, values.dict == set { continue }
            try machine.checkMutable(set, "insert into")
            try SetAlgebra.insertAll(of: values, into: set, machine)
        }
    }
}
