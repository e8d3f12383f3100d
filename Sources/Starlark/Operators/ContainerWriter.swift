/// Writes nested values as `repr` does, with a stack of its own; a list, dict, set or record inside itself is written as
/// `...`.
struct ContainerWriter {
    private let machine: Machine
    private var stack: WorkStack<Frame>
    /// The lists, dicts, sets and records being written deeper than `searchedMax`; those above are looked up in the
    /// stack.
    private var open: IdentitySet
    private static let searchedMax = 16

    private struct Frame: BitwiseCopyable {
        let value: Value
        /// The next item; in a dict twice the place, plus one for its value.
        var index = 0
        var isFirst = true
    }

    init(_ machine: Machine) {
        self.machine = machine
        stack = WorkStack(machine)
        open = IdentitySet(machine)
    }

    mutating func free() {
        stack.free()
        open.free()
    }

    mutating func write(_ value: Value, into builder: inout TextBuilder) throws(StarlarkError) {
        try begin(value, into: &builder)
        while !stack.isEmpty {
            try machine.spend(1)
            guard let item = try nextItem(into: &builder) else {
                try end(into: &builder)
                continue
            }
            if try !machine.writeLeaf(item, into: &builder) { try begin(item, into: &builder) }
        }
    }

    private static func canContainItself(_ value: Value) -> Bool {
        switch value.kind {
        case .list, .dict, .set, .record: true
        default: false
        }
    }

    private mutating func begin(_ value: Value, into builder: inout TextBuilder) throws(StarlarkError) {
        switch value.kind {
        case .list: try builder.append("[")
        case .tuple: try builder.append("(")
        case .dict: try builder.append("{")
        case .set: try builder.append("set([")
        default:
            let constructor = value.structure.pointee.constructor
            if constructor.isObject(.string) {
                try builder.append(constructor)
            } else {
                try builder.append("struct")
            }
            try builder.append("(")
        }
        if ContainerWriter.canContainItself(value) {
            if isOpen(value) {
                try builder.append("...")
                try close(value, into: &builder)
                return
            }
            if stack.count >= ContainerWriter.searchedMax { _ = try open.insert(value) }
        }
        try stack.push(Frame(value: value))
    }

    private func isOpen(_ value: Value) -> Bool {
        for index in 0..<min(stack.count, ContainerWriter.searchedMax) where stack[index].pointee.value.raw == value.raw
        {
            return true
        }
        return stack.count > ContainerWriter.searchedMax && open.contains(value)
    }

    private mutating func end(into builder: inout TextBuilder) throws(StarlarkError) {
        let value = stack.last.pointee.value
        stack.pop()
        if stack.count >= ContainerWriter.searchedMax, ContainerWriter.canContainItself(value) { open.remove(value) }
        if value.kind == .tuple, value.tupleItems.count == 1 { try builder.append(",") }
        try close(value, into: &builder)
    }

    private func close(_ value: Value, into builder: inout TextBuilder) throws(StarlarkError) {
        switch value.kind {
        case .list: try builder.append("]")
        case .dict: try builder.append("}")
        case .set: try builder.append("])")
        default: try builder.append(")")
        }
    }

    /// The next part of the topmost value, after its separator or name was written; nil at its end.
    private mutating func nextItem(into builder: inout TextBuilder) throws(StarlarkError) -> Value? {
        let top = stack.last
        let value = top.pointee.value
        switch value.kind {
        case .list: return try next(top, value.listItems, into: &builder)
        case .tuple: return try next(top, value.tupleItems, into: &builder)
        case .structure, .record:
            let index = top.pointee.index
            guard let item = try next(top, value.structureItems, into: &builder) else { return nil }
            try builder.append(value.fieldNames[index])
            try builder.append(" = ")
            return item
        default: return try nextEntry(top, into: &builder)
        }
    }

    private func next(
        _ top: UnsafeMutablePointer<Frame>, _ items: UnsafeBufferPointer<Value>, into builder: inout TextBuilder
    ) throws(StarlarkError) -> Value? {
        let index = top.pointee.index
        guard index < items.count else { return nil }
        if index > 0 { try builder.append(", ") }
        top.pointee.index += 1
        return items[index]
    }

    private func nextEntry(
        _ top: UnsafeMutablePointer<Frame>, into builder: inout TextBuilder
    ) throws(StarlarkError) -> Value? {
        let value = top.pointee.value
        let table = value.dict.pointee.table
        if top.pointee.index & 1 != 0 {
            try builder.append(": ")
            top.pointee.index += 1
            return table.entries[top.pointee.index / 2 - 1].value
        }
        while top.pointee.index / 2 < table.places {
            let place = top.pointee.index / 2
            let key = table.entries[place].key
            top.pointee.index += value.kind == .dict && !key.isUnbound ? 1 : 2
            if key.isUnbound { continue }
            if !top.pointee.isFirst { try builder.append(", ") }
            top.pointee.isFirst = false
            return key
        }
        return nil
    }
}
