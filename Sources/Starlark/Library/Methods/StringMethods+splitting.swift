extension StringMethods {
    static let splitting: [Builtin] = [
        Builtin("partition", partition),
        Builtin("rpartition", rpartition),
        Builtin("rsplit", rsplit),
        Builtin("split", split),
        Builtin("splitlines", splitlines),
    ]

    static func partition(
        _ machine: Machine, _ receiver: Value, _ arguments: Arguments
    ) throws(StarlarkError) -> Value {
        try parted(machine, receiver, arguments, "partition", isLast: false)
    }

    static func rpartition(
        _ machine: Machine, _ receiver: Value, _ arguments: Arguments
    ) throws(StarlarkError) -> Value {
        try parted(machine, receiver, arguments, "rpartition", isLast: true)
    }

    private static func parted(
        _ machine: Machine, _ receiver: Value, _ arguments: Arguments, _ method: StaticString, isLast: Bool
    ) throws(StarlarkError) -> Value {
        try arguments.requirePositional(1, method)
        let separator = try arguments.string(at: 0, method)
        guard !separator.bytes.isEmpty else { throw StarlarkError(.evaluation, "\(method): empty separator") }
        let text = receiver.bytes
        try machine.spend(bytes: text.count)
        let found =
            isLast
            ? try TextSearch.last(separator.bytes, in: text, before: text.count, machine)
            : try TextSearch.first(separator.bytes, in: text, machine)
        var parts = InlineArray<3, Value>(repeating: machine.heap.emptyString)
        if let found {
            let end = found + separator.bytes.count
            parts[0] = try machine.heap.substring(receiver, from: 0, count: found)
            parts[1] = separator
            parts[2] = try machine.heap.substring(receiver, from: end, count: text.count - end)
        } else {
            parts[isLast ? 2 : 0] = receiver
        }
        let tuple = try machine.heap.uninitializedTuple(count: 3)
        for index in 0..<3 { TupleObject.items(tuple)[index] = parts[index] }
        return Value(tuple)
    }

    static func split(_ machine: Machine, _ receiver: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try arguments.requirePositional(0...2, "split")
        let limit = try arguments.int(at: 1, "split", default: -1)
        let splitsMax = limit < 0 ? Int.max : limit
        try machine.spend(bytes: receiver.bytes.count)
        guard let separator = try separator(arguments, "split") else {
            try machine.spend(characters: receiver)
            return try words(receiver, splitsMax, machine)
        }
        let text = receiver.bytes
        let list = try machine.heap.list(capacity: partsMax(text, separator.first ?? 0, splitsMax))
        var start = 0
        while list.pointee.count < splitsMax,
            let found = try TextSearch.first(separator, in: text, from: start, machine)
        {
            try append(receiver, start..<found, to: list, machine)
            start = found + separator.count
        }
        try append(receiver, start..<text.count, to: list, machine)
        return Value(list)
    }

    static func rsplit(_ machine: Machine, _ receiver: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try arguments.requirePositional(0...2, "rsplit")
        let limit = try arguments.int(at: 1, "rsplit", default: -1)
        let splitsMax = limit < 0 ? Int.max : limit
        try machine.spend(bytes: receiver.bytes.count)
        guard let separator = try separator(arguments, "rsplit") else {
            try machine.spend(characters: receiver)
            return try lastWords(receiver, splitsMax, machine)
        }
        // As in Go, overlapping separators are found from the left.
        let text = receiver.bytes
        let list = try machine.heap.list()
        var start = 0
        while let found = try TextSearch.first(separator, in: text, from: start, machine) {
            try append(receiver, start..<found, to: list, machine)
            start = found + separator.count
        }
        try append(receiver, start..<text.count, to: list, machine)
        let excess = list.pointee.count - 1 - splitsMax
        guard splitsMax < .max, excess > 0 else { return Value(list) }
        var joined = -separator.count
        for index in 0...excess { joined += list.pointee.items[index].bytes.count + separator.count }
        list.pointee.items[0] = try machine.heap.substring(receiver, from: 0, count: joined)
        (list.pointee.items + 1).update(from: list.pointee.items + 1 + excess, count: splitsMax)
        list.pointee.count = splitsMax + 1
        return Value(list)
    }

    /// The separator, or nil for white space.
    private static func separator(
        _ arguments: Arguments, _ method: StaticString
    ) throws(StarlarkError) -> UnsafeBufferPointer<UInt8>? {
        guard arguments.count > 0, !arguments[0].isNone else { return nil }
        guard arguments[0].isObject(.string) else {
            throw StarlarkError(
                .evaluation, "\(method): got \(arguments[0].typeName) for separator, want string")
        }
        guard !arguments[0].bytes.isEmpty else { throw StarlarkError(.evaluation, "\(method): empty separator") }
        return arguments[0].bytes
    }

    /// How many parts a text that is not long may have, going by one byte: a list that need not grow leaves nothing
    /// behind.
    private static func partsMax(_ text: UnsafeBufferPointer<UInt8>, _ byte: UInt8, _ splitsMax: Int) -> Int {
        guard text.count <= 256 else { return 0 }
        var count = 1
        for other in text where other == byte { count += 1 }
        return min(count, splitsMax < .max ? splitsMax + 1 : .max)
    }

    @inline(__always)
    private static func append(
        _ source: Value, _ range: Range<Int>, to list: UnsafeMutablePointer<ListObject>, _ machine: Machine
    ) throws(StarlarkError) {
        try machine.spend(1)
        try machine.append(
            machine.heap.substring(source, from: range.lowerBound, count: range.count), to: list)
    }

    /// The runs of other characters than white space; the last one takes the rest.
    private static func words(
        _ receiver: Value, _ splitsMax: Int, _ machine: Machine
    ) throws(StarlarkError) -> Value {
        let bytes = receiver.bytes
        let list = try machine.heap.list(capacity: partsMax(bytes, UInt8(ascii: " "), splitsMax))
        var start = -1
        var index = 0
        while index < bytes.count {
            if bytes[index] > 0x20, bytes[index] < 0x7F {
                if start < 0 { start = index }
                index += 1
                continue
            }
            let (scalar, count) = UTF8Scan.scalar(bytes, at: index)
            if !ScalarText.isSpace(scalar) {
                if start < 0 { start = index }
            } else if start >= 0 {
                if list.pointee.count == splitsMax { break }
                try append(receiver, start..<index, to: list, machine)
                start = -1
            }
            index += count
        }
        if start >= 0 { try append(receiver, start..<bytes.count, to: list, machine) }
        return Value(list)
    }

    /// As `words`, but the first one takes the rest.
    private static func lastWords(
        _ receiver: Value, _ splitsMax: Int, _ machine: Machine
    ) throws(StarlarkError) -> Value {
        let bytes = receiver.bytes
        let list = try machine.heap.list()
        var end = -1
        var index = bytes.count
        while index > 0 {
            let (scalar, count) = TextSearch.scalar(bytes, endingAt: index)
            if !ScalarText.isSpace(scalar) {
                if end < 0 { end = index }
            } else if end >= 0 {
                if list.pointee.count == splitsMax { break }
                try append(receiver, index..<end, to: list, machine)
                end = -1
            }
            index -= count
        }
        if end >= 0 { try append(receiver, 0..<end, to: list, machine) }
        list.pointee.reverse()
        return Value(list)
    }

    static func splitlines(
        _ machine: Machine, _ receiver: Value, _ arguments: Arguments
    ) throws(StarlarkError) -> Value {
        try arguments.requirePositional(0...1, "splitlines")
        let keepsEnds = try arguments.flag(at: 0, "splitlines")
        let bytes = receiver.bytes
        try machine.spend(bytes: bytes.count)
        let list = try machine.heap.list()
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            let next = min(end + 1, bytes.count)
            try append(receiver, start..<(keepsEnds ? next : end), to: list, machine)
            start = next
        }
        return Value(list)
    }
}
