/// The methods of lists.
enum ListMethods {
    static let all: [Builtin] = [
        Builtin("append", append),
        Builtin("clear", clear),
        Builtin("extend", extend),
        Builtin("index", index),
        Builtin("insert", insert),
        Builtin("pop", pop),
        Builtin("remove", remove),
    ]

    static func append(_ machine: Machine, _ receiver: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try arguments.requirePositional(1, "append")
        let list = receiver.list
        try machine.checkMutable(list, "append to")
        try machine.append(arguments[0], to: list)
        return .none
    }

    static func clear(_ machine: Machine, _ receiver: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try arguments.requirePositional(0, "clear")
        try machine.checkMutable(receiver.list, "clear")
        receiver.list.pointee.count = 0
        return .none
    }

    static func extend(_ machine: Machine, _ receiver: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try arguments.requirePositional(1, "extend")
        guard ValueIterator.isIterable(arguments[0]) else {
            throw StarlarkError(
                .evaluation, "extend: for parameter 1: got \(arguments[0].typeName), want iterable")
        }
        try machine.checkMutable(receiver.list, "extend")
        try extend(receiver.list, with: arguments[0], machine)
        return .none
    }

    /// Appends the elements of an iterable to a list that may be changed.
    ///
    /// The two may be the same list.
    static func extend(
        _ list: UnsafeMutablePointer<ListObject>, with source: Value, _ machine: Machine
    ) throws(StarlarkError) {
        let more = ValueIterator.countHint(source)
        try machine.spend(more)
        if source.kind == .list || source.kind == .tuple {
            let count = list.pointee.count
            let (total, overflow) = count.addingReportingOverflow(more)
            try machine.reserve(list, overflow ? .max : total)
            let items = source.kind == .list ? source.listItems : source.tupleItems
            if let base = items.baseAddress { (list.pointee.items + count).update(from: base, count: more) }
            list.pointee.count = count + more
            return
        }
        var iterator = try ValueIterator.start(source)
        defer { iterator.end() }
        while true {
            let item = try iterator.next(machine)
            if item.isUnbound { return }
            try machine.append(item, to: list)
        }
    }

    static func index(_ machine: Machine, _ receiver: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try arguments.requirePositional(1...3, "index")
        let bounds = try arguments.bounds(from: 1, length: receiver.listItems.count, "index")
        for place in bounds {
            try machine.spend(1)
            if try Equality.equal(receiver.listItems[place], arguments[0], machine) { return Value(small: place) }
        }
        throw StarlarkError(.evaluation, "index: value not in list")
    }

    static func insert(_ machine: Machine, _ receiver: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try arguments.requirePositional(2, "insert")
        let place = try arguments.place(at: 0, "insert")
        let list = receiver.list
        try machine.checkMutable(list, "insert into")
        let count = list.pointee.count
        let index = min(max(place < 0 ? place + count : place, 0), count)
        try machine.spend(bytes: (count - index) * 8)
        try machine.append(arguments[1], to: list)
        let items = list.pointee.items
        (items + index + 1).update(from: items + index, count: count - index)
        items[index] = arguments[1]
        return .none
    }

    static func pop(_ machine: Machine, _ receiver: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try arguments.requirePositional(0...1, "pop")
        let list = receiver.list
        let count = list.pointee.count
        let wanted = try arguments.int(at: 0, "pop", default: count - 1)
        let index = wanted < 0 ? wanted + count : wanted
        guard index >= 0, index < count else {
            throw StarlarkError(.evaluation, "pop: \(outOfRange(wanted, count))")
        }
        try machine.checkMutable(list, "pop from")
        let value = list.pointee.items[index]
        try removeItem(at: index, from: list, machine)
        return value
    }

    private static func outOfRange(_ index: Int, _ count: Int) -> String {
        count == 0
            ? "index \(index) out of range: empty list"
            : "list index \(index) out of range [\(-count):\(count - 1)]"
    }

    static func remove(_ machine: Machine, _ receiver: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try arguments.requirePositional(1, "remove")
        let list = receiver.list
        try machine.checkMutable(list, "remove from")
        for index in 0..<list.pointee.count {
            try machine.spend(1)
            if try Equality.equal(list.pointee.items[index], arguments[0], machine) {
                try removeItem(at: index, from: list, machine)
                return .none
            }
        }
        throw StarlarkError(.evaluation, "remove: element not found")
    }

    private static func removeItem(
        at index: Int, from list: UnsafeMutablePointer<ListObject>, _ machine: Machine
    ) throws(StarlarkError) {
        let count = list.pointee.count
        try machine.spend(bytes: (count - index) * 8)
        let items = list.pointee.items
        (items + index).update(from: items + index + 1, count: count - index - 1)
        list.pointee.count = count - 1
    }
}
