/// `max`, `min`, `sorted`.
enum OrderFunctions {
    static let all: [Builtin] = [
        Builtin("max", max),
        Builtin("min", min),
        Builtin("sorted", sorted),
    ]

    static func max(_ machine: Machine, _: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try extreme(machine, arguments, "max", ">", sign: 1)
    }

    static func min(_ machine: Machine, _: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try extreme(machine, arguments, "min", "<", sign: -1)
    }

    private static func extreme(
        _ machine: Machine, _ arguments: Arguments, _ function: StaticString, _ operation: StaticString, sign: Int
    ) throws(StarlarkError) -> Value {
        guard arguments.count > 0 else {
            throw StarlarkError(.evaluation, "\(function) requires at least one positional argument")
        }
        let key = try keyArgument(arguments, function)
        if arguments.count > 1 {
            let items = try machine.heap.tuple(arguments.positional)
            return try extreme(of: items, key, machine, function, operation, sign)
        }
        guard ValueIterator.isIterable(arguments[0]) else {
            throw StarlarkError(.evaluation, "\(function): \(arguments[0].typeName) value is not iterable")
        }
        return try extreme(of: arguments[0], key, machine, function, operation, sign)
    }

    private static func extreme(
        of values: Value, _ key: Value, _ machine: Machine, _ function: StaticString, _ operation: StaticString,
        _ sign: Int
    ) throws(StarlarkError) -> Value {
        var iterator = try ValueIterator.start(values)
        defer { iterator.end() }
        var best = try iterator.next(machine)
        if best.isUnbound { throw StarlarkError(.evaluation, "\(function): argument is an empty sequence") }
        var bestKey = try keyValue(key, best, machine)
        while true {
            try machine.spend(1)
            let item = try iterator.next(machine)
            if item.isUnbound { return best }
            let itemKey = try keyValue(key, item, machine)
            let order: Int
            if Value.areSmall(itemKey, bestKey) {
                order = itemKey.small < bestKey.small ? -1 : itemKey.small > bestKey.small ? 1 : 0
            } else {
                order = try compare(itemKey, bestKey, function, operation, machine)
            }
            if order.signum() == sign {
                best = item
                bestKey = itemKey
            }
        }
    }

    private static func compare(
        _ left: Value, _ right: Value, _ function: StaticString, _ operation: StaticString, _ machine: Machine
    ) throws(StarlarkError) -> Int {
        do throws(StarlarkError) {
            return try Ordering.compare(left, right, operation, machine)
        } catch {
            throw error.code == .evaluation ? error.prefixed("\(function): ") : error
        }
    }

    /// The `key=` argument, unbound when there is none.
    private static func keyArgument(
        _ arguments: Arguments, _ function: StaticString
    ) throws(StarlarkError) -> Value {
        var key = Value.unbound
        for index in 0..<arguments.namedCount {
            let (name, value) = arguments.named(index)
            guard name.swiftString == "key" else {
                let text = name.swiftString
                throw StarlarkError(
                    .evaluation, "\(function): unexpected keyword argument \(text)",
                    suggestion: Spelling.suggestion(for: text, among: ["key"]))
            }
            key = value
        }
        return try checkedKey(key, function)
    }

    private static func checkedKey(_ key: Value, _ function: StaticString) throws(StarlarkError) -> Value {
        if key.isUnbound { return key }
        switch key.kind {
        case .function, .builtin, .boundMethod: return key
        default:
            throw StarlarkError(.evaluation, "\(function): for parameter key: got \(key.typeName), want callable")
        }
    }

    private static func keyValue(_ key: Value, _ item: Value, _ machine: Machine) throws(StarlarkError) -> Value {
        key.isUnbound ? item : try machine.call(key, item)
    }

    private static let sortedSignature = Signature("sorted", ["iterable", "key", "reverse"], required: 1)

    static func sorted(_ machine: Machine, _: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        let bound = try sortedSignature.bind(arguments)
        var source = bound[0]
        let key = try checkedKey(bound[1], "sorted")
        guard bound[2].isUnbound || bound[2].isBool else {
            throw StarlarkError(.evaluation, "sorted: for parameter reverse: got \(bound[2].typeName), want bool")
        }
        guard ValueIterator.isIterable(source) else {
            throw StarlarkError(.evaluation, "sorted: for parameter iterable: got \(source.typeName), want iterable")
        }
        let list = try withUnsafeMutablePointer(to: &source) { place throws(StarlarkError) in
            try ContainerFunctions.collect(Arguments(base: place, count: 1), "sorted", machine)
        }
        let items = UnsafeMutableBufferPointer(start: list.pointee.items, count: list.pointee.count)
        var sorter = try MergeSort(machine, items, isReversed: bound[2].isTrue)
        defer { sorter.free() }
        if !key.isUnbound {
            for index in items.indices { try sorter.setKey(keyValue(key, items[index], machine), at: index) }
        }
        try sorter.sort()
        return Value(list)
    }
}
