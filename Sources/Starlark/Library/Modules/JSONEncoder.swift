/// `json.encode`: walks a value with a stack of its own, however deep it nests.
struct JSONEncoder {
    /// A container that is being written.
    private struct Level: BitwiseCopyable {
        let value: Value
        /// Its elements, or nothing for one with members.
        var elements: ValueIterator?
        /// Keys and values in turn, sorted by key, for a dict, structure or record.
        var members: UnsafeBufferPointer<Value>
        /// How many were written.
        var index = 0
    }

    private let machine: Machine
    private var builder: TextBuilder
    private var levels: WorkStack<Level>
    private var path: PathGuard

    /// The JSON text of a value.
    static func encode(
        _ value: Value, _ function: StaticString, _ machine: Machine
    ) throws(StarlarkError) -> TextBuilder {
        var encoder = try JSONEncoder(machine)
        do throws(StarlarkError) {
            try encoder.run(value)
            encoder.free()
            return encoder.builder
        } catch {
            let place = encoder.place()
            encoder.free()
            encoder.builder.discard()
            throw error.code == .evaluation ? error.prefixed("\(function): \(place)") : error
        }
    }

    private init(_ machine: Machine) throws(StarlarkError) {
        self.machine = machine
        levels = WorkStack(machine)
        path = PathGuard(machine)
        builder = try TextBuilder(machine.heap, capacity: 128)
    }

    private mutating func free() {
        for index in 0..<levels.count { levels[index].pointee.elements?.end() }
        levels.free()
        path.free()
    }

    private mutating func run(_ root: Value) throws(StarlarkError) {
        try write(root)
        while !levels.isEmpty {
            try machine.spend(1)
            let top = levels.last
            let isFirst = top.pointee.index == 0
            if top.pointee.elements == nil {
                let members = top.pointee.members
                let index = top.pointee.index
                guard index * 2 < members.count else {
                    try close(UInt8(ascii: "}"))
                    continue
                }
                if !isFirst { try builder.append(UInt8(ascii: ",")) }
                top.pointee.index += 1
                try JSONText.appendQuoted(members[index * 2].bytes, to: &builder)
                try builder.append(UInt8(ascii: ":"))
                try write(members[index * 2 + 1])
            } else {
                let item = try top.pointee.elements?.next(machine) ?? .unbound
                if item.isUnbound {
                    try close(UInt8(ascii: "]"))
                    continue
                }
                if !isFirst { try builder.append(UInt8(ascii: ",")) }
                top.pointee.index += 1
                try write(item)
            }
        }
    }

    private mutating func close(_ bracket: UInt8) throws(StarlarkError) {
        let level = levels.last
        level.pointee.elements?.end()
        path.leave(level.pointee.value)
        levels.pop()
        try builder.append(bracket)
    }

    /// Writes a value, or opens it when it is a container.
    private mutating func write(_ value: Value) throws(StarlarkError) {
        switch value.kind {
        case .none: try builder.append("null")
        case .bool: try builder.append(value.isTrue ? "true" : "false")
        case .integer: try IntegerText.append(value, to: &builder, machine)
        case .float:
            guard value.float.isFinite else {
                var text = try TextBuilder(machine.heap)
                defer { text.discard() }
                try FloatText.append(value.float, to: &text)
                let shown = String(decoding: text.written, as: UTF8.self)
                throw StarlarkError(.evaluation, "cannot encode non-finite float \(shown)")
            }
            try FloatText.append(value.float, to: &builder)
        case .string: try JSONText.appendQuoted(value.bytes, to: &builder)
        case .dict: try open(value, members: sortedEntries(value))
        case .structure, .record: try open(value, members: sortedFields(value))
        case .list, .tuple, .set, .range, .view: try open(value, members: nil)
        default: throw StarlarkError(.evaluation, "cannot encode \(value.typeName) as JSON")
        }
    }

    private mutating func open(_ value: Value, members: UnsafeBufferPointer<Value>?) throws(StarlarkError) {
        guard try path.enter(value) else { throw StarlarkError(.evaluation, "cycle in JSON structure") }
        try builder.append(members == nil ? UInt8(ascii: "[") : UInt8(ascii: "{"))
        var level = Level(
            value: value, elements: nil, members: members ?? UnsafeBufferPointer(start: nil, count: 0))
        if members == nil { level.elements = try ValueIterator.start(value) }
        do throws(StarlarkError) {
            try levels.push(level)
        } catch {
            level.elements?.end()
            throw error
        }
    }

    private func sortedEntries(_ value: Value) throws(StarlarkError) -> UnsafeBufferPointer<Value> {
        let table = value.dict.pointee.table
        try machine.spend(table.count)
        let room = try machine.heap.allocate(Value.self, count: table.count * 2)
        var count = 0
        for place in table.firstPlace..<max(table.places, table.firstPlace) {
            let entry = table.entries[place]
            if entry.key.isUnbound { continue }
            guard entry.key.isObject(.string) else {
                throw StarlarkError(.evaluation, "dict has \(entry.key.typeName) key, want string")
            }
            room[count] = entry.key
            room[count + 1] = entry.value
            count += 2
        }
        return try sorted(UnsafeMutableBufferPointer(start: room, count: count))
    }

    private func sortedFields(_ value: Value) throws(StarlarkError) -> UnsafeBufferPointer<Value> {
        let names = value.fieldNames
        try machine.spend(names.count)
        let room = try machine.heap.allocate(Value.self, count: names.count * 2)
        for index in names.indices {
            room[index * 2] = names[index]
            room[index * 2 + 1] = value.structureItems[index]
        }
        return try sorted(UnsafeMutableBufferPointer(start: room, count: names.count * 2))
    }

    /// Sorts pairs by key.
    private func sorted(_ pairs: UnsafeMutableBufferPointer<Value>) throws(StarlarkError) -> UnsafeBufferPointer<Value>
    {
        let count = pairs.count / 2
        let isSorted = (1..<max(1, count)).allSatisfy {
            ByteCompare.order(pairs[$0 * 2 - 2].bytes, pairs[$0 * 2].bytes) < 0
        }
        if !isSorted {
            var bytes = 0
            for index in 0..<count { bytes += pairs[index * 2].string.count }
            try machine.spendSort(count: count, bytes: bytes)
            // The sort takes half as much again for itself.
            try machine.heap.withRoom(bytes: count * 3 * MemoryLayout<Value>.stride) { () throws(StarlarkError) in
                var items = (0..<count).map { (key: pairs[$0 * 2], value: pairs[$0 * 2 + 1]) }
                items.sort { ByteCompare.order($0.key.bytes, $1.key.bytes) < 0 }
                for (index, item) in items.enumerated() {
                    pairs[index * 2] = item.key
                    pairs[index * 2 + 1] = item.value
                }
            }
        }
        return UnsafeBufferPointer(pairs)
    }

    /// Where the encoder is, outermost first, for an error message.
    private func place() -> String {
        var text = ""
        for index in 0..<min(levels.count, 20) {
            let level = levels[index].pointee
            let kind = level.value.kind
            if kind == .dict {
                text += "in dict key \"\(level.members[level.index * 2 - 2].swiftString)\": "
            } else if kind == .structure || kind == .record {
                text += "in field .\(level.members[level.index * 2 - 2].swiftString): "
            } else {
                text += "at \(level.value.typeName) index \(level.index - 1): "
            }
        }
        return text
    }
}
