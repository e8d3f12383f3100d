extension Machine {
    /// Makes a value, and everything it refers to, immutable.
    ///
    /// Lists, dicts, sets and records that are frozen already are left alone. Takes time in proportion to what is
    /// frozen.
    func freeze(_ root: Value) throws(StarlarkError) {
        guard let heap = heap.state.pointee.heap?.takeUnretainedValue() else { return }
        let owner = heap.frozenOwner
        var pending = WorkStack<Value>(self)
        var seen = IdentitySet(self)
        defer {
            pending.free()
            seen.free()
        }
        try pending.push(root)
        while !pending.isEmpty {
            let value = pending.last.pointee
            pending.pop()
            try spend(1)
            if value.isObject, try seen.insert(value) { try freeze(value, owner, &pending) }
        }
    }

    private func freeze(
        _ value: Value, _ owner: UnsafeMutablePointer<HeapState>, _ pending: inout WorkStack<Value>
    ) throws(StarlarkError) {
        switch value.kind {
        case .list:
            guard !value.list.pointee.owner.pointee.isFrozen else { return }
            value.list.pointee.owner = owner
            for item in value.listItems { try pending.push(item) }
        case .dict, .set:
            guard !value.dict.pointee.owner.pointee.isFrozen else { return }
            value.dict.pointee.owner = owner
            let table = value.dict.pointee.table
            for place in 0..<table.places where !table.entries[place].key.isUnbound {
                try pending.push(table.entries[place].key)
                try pending.push(table.entries[place].value)
            }
        case .tuple: for item in value.tupleItems { try pending.push(item) }
        case .structure, .record:
            if value.kind == .record {
                guard value.structure.pointee.owner?.pointee.isFrozen == false else { return }
                value.structure.pointee.owner = owner
            }
            for item in value.structureItems { try pending.push(item) }
        case .function: try freeze(function: value, &pending)
        case .boundMethod: try pending.push(value.boundMethod.receiver)
        case .native:
            for part in value.native.type.takeUnretainedValue().parts(value.native) { try pending.push(part) }
        default: return
        }
    }

    private func freeze(function: Value, _ pending: inout WorkStack<Value>) throws(StarlarkError) {
        let code = function.function.pointee.code
        if let defaults = function.function.pointee.defaults {
            for index in 0..<code.pointee.parameterCount { try pending.push(defaults[index]) }
        }
        for index in 0..<code.pointee.captures.count {
            try pending.push(FunctionObject.cells(function.function)[index].cell.pointee.value)
        }
    }
}
