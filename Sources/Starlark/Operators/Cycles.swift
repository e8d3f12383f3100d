/// Finds values that contain themselves.
///
/// A value is equal to itself without a look at its parts, unless it has a cycle: comparing that is an error, as it
/// is for two different values with cycles.
enum Cycles {
    /// True when no part of a value contains itself.
    ///
    /// - Throws: `.depthLimit` when one does.
    @inline(never)
    static func refuse(in root: Value, _ machine: Machine) throws(StarlarkError) -> Bool {
        if try !hasContainers(root, machine) { return true }
        var stack = WorkStack<Frame>(machine)
        defer { stack.free() }
        var open = IdentitySet(machine)
        var done = IdentitySet(machine)
        defer {
            open.free()
            done.free()
        }
        _ = try open.insert(root)
        try stack.push(Frame(root))
        while !stack.isEmpty {
            try machine.spend(1)
            let top = stack.last
            guard let part = top.pointee.next() else {
                open.remove(top.pointee.value)
                _ = try done.insert(top.pointee.value)
                stack.pop()
                continue
            }
            guard part.isContainer, !done.contains(part) else { continue }
            guard try open.insert(part) else {
                throw StarlarkError(.depthLimit, "comparison exceeded maximum recursion depth: a value contains itself")
            }
            try stack.push(Frame(part))
        }
        return true
    }

    private static func hasContainers(_ value: Value, _ machine: Machine) throws(StarlarkError) -> Bool {
        var frame = Frame(value)
        var count = 0
        while let part = frame.next() {
            if part.isContainer { return true }
            count += 1
            if count & 7 == 0 { try machine.spend(1) }
        }
        return false
    }

    /// A container whose parts are being looked at.
    private struct Frame: BitwiseCopyable {
        let value: Value
        private var index = 0

        init(_ value: Value) { self.value = value }

        /// The next part; of a dict the values, because keys cannot contain what changes.
        mutating func next() -> Value? {
            index += 1
            switch value.kind {
            case .list: return index <= value.listItems.count ? value.listItems[index - 1] : nil
            case .tuple: return index <= value.tupleItems.count ? value.tupleItems[index - 1] : nil
            case .structure: return index <= value.structureItems.count ? value.structureItems[index - 1] : nil
            case .dict:
                let table = value.dict.pointee.table
                return index <= table.places ? table.entries[index - 1].value : nil
            default: return nil
            }
        }
    }
}

extension Value {
    /// Whether it can contain itself by way of a change.
    var isMutableContainer: Bool {
        guard isObject else { return false }
        let kind = header.pointee.kind
        return kind == .list || kind == .dict
    }

    /// Whether it has parts that may have parts.
    fileprivate var isContainer: Bool {
        switch kind {
        case .list, .dict, .tuple, .structure: true
        default: false
        }
    }
}
