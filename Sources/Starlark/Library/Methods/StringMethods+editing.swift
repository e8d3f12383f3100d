extension StringMethods {
    static let editing: [Builtin] = [
        Builtin("format", format),
        Builtin("join", join),
        Builtin("lstrip", lstrip),
        Builtin("removeprefix", removeprefix),
        Builtin("removesuffix", removesuffix),
        Builtin("replace", replace),
        Builtin("rstrip", rstrip),
        Builtin("strip", strip),
    ]

    static func format(_ machine: Machine, _ receiver: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try BraceFormat.format(machine, receiver, arguments)
    }

    static func join(_ machine: Machine, _ receiver: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try arguments.requirePositional(1, "join")
        let source = arguments[0]
        if source.kind == .list { return try joined(source.listItems, by: receiver, machine) }
        if source.kind == .tuple { return try joined(source.tupleItems, by: receiver, machine) }
        var iterator = try arguments.iterator(at: 0, "join")
        defer { iterator.end() }
        var builder = try TextBuilder(machine.heap)
        defer { builder.discard() }
        var isFirst = true
        while true {
            try machine.spend(1)
            let item = try iterator.next(machine)
            if item.isUnbound { return builder.finish() }
            guard item.isObject(.string) else { throw notJoinable(item) }
            if !isFirst { try builder.append(receiver) }
            isFirst = false
            try builder.append(item)
        }
    }

    private static func notJoinable(_ item: Value) -> StarlarkError {
        StarlarkError(.evaluation, "join: in list, want string, got \(item.typeName)")
    }

    /// Measures first, so that the bytes are copied once.
    private static func joined(
        _ items: UnsafeBufferPointer<Value>, by separator: Value, _ machine: Machine
    ) throws(StarlarkError) -> Value {
        guard items.count > 0 else { return machine.heap.emptyString }
        try machine.spend(items.count)
        let between = separator.bytes
        var count = 0
        var flags = items.count > 1 ? separator.header.pointee.flags : StringObject.isASCII
        for item in items {
            guard item.isObject(.string) else { throw notJoinable(item) }
            let (sum, overflow) = count.addingReportingOverflow(item.bytes.count + between.count)
            if overflow { throw StarlarkError(.memoryLimit, "out of memory: the joined string is too long") }
            count = sum
            flags &= item.header.pointee.flags
        }
        if items.count == 1 { return items[0] }
        count -= between.count
        try machine.spend(bytes: count)
        if count <= 1 {
            return items.first { $0.bytes.count == 1 } ?? (count == 1 ? separator : machine.heap.emptyString)
        }
        let result = try machine.heap.uninitializedString(count: count, isASCII: flags & StringObject.isASCII != 0)
        var target = result.pointee.bytes
        for (index, item) in items.enumerated() {
            if index > 0, let base = between.baseAddress {
                ByteCopy.copy(base, to: target, between.count)
                target += between.count
            }
            let part = item.bytes
            if let base = part.baseAddress { ByteCopy.copy(base, to: target, part.count) }
            target += part.count
        }
        return Value(result)
    }

    static func replace(_ machine: Machine, _ receiver: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try arguments.requirePositional(2...3, "replace")
        let old = try arguments.string(at: 0, "replace").bytes
        let new = try arguments.string(at: 1, "replace").bytes
        var left = try arguments.int(at: 2, "replace", default: -1)
        if left < 0 { left = .max }
        let text = receiver.bytes
        try machine.spend(bytes: text.count)
        if old.isEmpty { return try interleaved(text, new, left, machine) }
        guard left > 0, var found = try TextSearch.first(old, in: text, machine) else { return receiver }
        var builder = try TextBuilder(machine.heap, capacity: text.count)
        defer { builder.discard() }
        var start = 0
        while left > 0 {
            try machine.spend(1)
            try builder.append(slice(text, start..<found))
            try builder.append(new)
            start = found + old.count
            left -= 1
            guard let next = try TextSearch.first(old, in: text, from: start, machine) else { break }
            found = next
        }
        try builder.append(slice(text, start..<text.count))
        return builder.finish()
    }

    /// The text with `new` before every code point and at the end, at most `left` times.
    private static func interleaved(
        _ text: UnsafeBufferPointer<UInt8>, _ new: UnsafeBufferPointer<UInt8>, _ left: Int, _ machine: Machine
    ) throws(StarlarkError) -> Value {
        var builder = try TextBuilder(machine.heap, capacity: text.count)
        defer { builder.discard() }
        var left = left
        var index = 0
        while left > 0 {
            try machine.spend(1)
            try builder.append(new)
            left -= 1
            guard index < text.count else { break }
            let count = UTF8Scan.scalar(text, at: index).count
            try builder.append(slice(text, index..<(index + count)))
            index += count
        }
        try builder.append(slice(text, index..<text.count))
        return builder.finish()
    }

    static func removeprefix(
        _ machine: Machine, _ receiver: Value, _ arguments: Arguments
    ) throws(StarlarkError) -> Value {
        try arguments.requirePositional(1, "removeprefix")
        let fix = try arguments.string(at: 0, "removeprefix").bytes
        try machine.spend(bytes: receiver.bytes.count)
        guard TextSearch.hasPrefix(receiver.bytes, fix) else { return receiver }
        return try machine.heap.substring(receiver, from: fix.count, count: receiver.bytes.count - fix.count)
    }

    static func removesuffix(
        _ machine: Machine, _ receiver: Value, _ arguments: Arguments
    ) throws(StarlarkError) -> Value {
        try arguments.requirePositional(1, "removesuffix")
        let fix = try arguments.string(at: 0, "removesuffix").bytes
        try machine.spend(bytes: receiver.bytes.count)
        guard TextSearch.hasSuffix(receiver.bytes, fix) else { return receiver }
        return try machine.heap.substring(receiver, from: 0, count: receiver.bytes.count - fix.count)
    }

    static func strip(_ machine: Machine, _ receiver: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try stripped(machine, receiver, arguments, "strip", left: true, right: true)
    }

    static func lstrip(_ machine: Machine, _ receiver: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try stripped(machine, receiver, arguments, "lstrip", left: true, right: false)
    }

    static func rstrip(_ machine: Machine, _ receiver: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try stripped(machine, receiver, arguments, "rstrip", left: false, right: true)
    }

    private static func stripped(
        _ machine: Machine, _ receiver: Value, _ arguments: Arguments, _ method: StaticString, left: Bool, right: Bool
    ) throws(StarlarkError) -> Value {
        try arguments.requirePositional(0...1, method)
        let bytes = receiver.bytes
        try machine.spend(characters: receiver)
        var set = CutSet()
        if arguments.count == 1, !arguments[0].isNone {
            set = try CutSet(arguments.string(at: 0, method).bytes, machine)
        }
        var start = 0
        var end = bytes.count
        while left, start < end {
            let (scalar, count) = UTF8Scan.scalar(bytes, at: start)
            guard try set.contains(scalar, machine) else { break }
            start += count
        }
        while right, end > start {
            let (scalar, count) = TextSearch.scalar(bytes, endingAt: end)
            guard try set.contains(scalar, machine) else { break }
            end -= count
        }
        return try machine.heap.substring(receiver, from: start, count: end - start)
    }
}
