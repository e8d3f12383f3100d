/// The parts of instructions that the loop leaves out of line.
extension Machine {
    /// The iterator kept in four registers.
    @inline(__always)
    func iterator(_ registers: UnsafeMutablePointer<Value>) -> UnsafeMutablePointer<ValueIterator> {
        UnsafeMutableRawPointer(registers).assumingMemoryBound(to: ValueIterator.self)
    }

    @inline(__always)
    func isTrue(_ value: Value) -> Bool {
        if value.raw == Value.trueRaw { return true }
        if value.raw == Value.falseRaw || value.raw == Value.noneRaw { return false }
        return truth(value)
    }

    @inline(never)
    func add(_ left: Value, _ right: Value, _ flags: UInt8 = 0) throws(StarlarkError) -> Value {
        if Value.includeFloat(left, right), let result = Value(immediate: left.double + right.double) {
            return result
        }
        return try binary(.add, left, right, flags)
    }

    @inline(never)
    func subtract(_ left: Value, _ right: Value, _ flags: UInt8 = 0) throws(StarlarkError) -> Value {
        if Value.includeFloat(left, right), let result = Value(immediate: left.double - right.double) {
            return result
        }
        return try binary(.subtract, left, right, flags)
    }

    @inline(never)
    func multiply(_ left: Value, _ right: Value, _ flags: UInt8 = 0) throws(StarlarkError) -> Value {
        if Value.includeFloat(left, right), let result = Value(immediate: left.double * right.double) {
            return result
        }
        return try binary(.multiply, left, right, flags)
    }

    @inline(never)
    func divide(_ left: Value, _ right: Value) throws(StarlarkError) -> Value {
        if Value.areImmediate(left, right), right.double != 0,
            let result = Value(immediate: left.double / right.double)
        {
            return result
        }
        return try binary(.divide, left, right)
    }

    @inline(never)
    func shiftLeft(_ left: Value, _ right: Value, _ flags: UInt8 = 0) throws(StarlarkError) -> Value {
        if Value.areSmall(left, right), right.small >= 0, right.small < 62 {
            let shifted = left.small << right.small
            if shifted >> right.small == left.small, let value = Value(smallExactly: shifted) { return value }
        }
        return try binary(.shiftLeft, left, right, flags)
    }

    /// Appends values to a list that nobody else has yet.
    @inline(never)
    func extend(
        _ list: UnsafeMutablePointer<ListObject>, _ items: UnsafeBufferPointer<Value>
    ) throws(StarlarkError) {
        let count = list.pointee.count
        try reserve(list, count + items.count)
        if let base = items.baseAddress { (list.pointee.items + count).update(from: base, count: items.count) }
        list.pointee.count = count + items.count
    }

    /// Inserts into a dict that nobody else has yet.
    @inline(never)
    func insert(
        _ key: Value, _ value: Value, _ dict: UnsafeMutablePointer<DictObject>, mustBeNew: Bool
    ) throws(StarlarkError) {
        let hash = try Hash.of(key, self)
        let place = try dict.pointee.table.find(key, hash: hash, self)
        if place < 0 {
            try dict.pointee.table.append(key, hash: hash, value: value, heap)
        } else if mustBeNew {
            throw StarlarkError(.evaluation, "duplicate key: \(try repr(key))")
        } else {
            dict.pointee.table.entries[place].value = value
        }
    }

    /// Prepares three registers for a loop over a range: the first number as a value's word, how many there are,
    /// twice the stride.
    @inline(never)
    func rangeState(_ state: UnsafeMutablePointer<Value>, _ arguments: Arguments) throws(StarlarkError) {
        let range: RangeObject
        if arguments.count == 1, arguments[0].isSmall {
            let stop = arguments[0].small
            range = RangeObject(header: ObjectHeader(.range), start: 0, stop: stop, step: 1, count: max(stop, 0))
        } else {
            range = try ContainerFunctions.range(self, .unbound, arguments).range
        }
        state[0] = Value(small: range.start)
        state[1] = Value(raw: UInt(bitPattern: range.count))
        state[2] = Value(raw: UInt(bitPattern: range.step << 1))
    }

    /// A function value of function `number` of the innermost call.
    @inline(never)
    func closure(
        _ number: Int, _ registers: UnsafeMutablePointer<Value>, defaults: UnsafeMutablePointer<Value>
    ) throws(StarlarkError) -> Value {
        let maker = (core.pointee.frames + (core.pointee.frameCount - 1)).pointee.function
        let code = maker.pointee.code.pointee.functions[number]
        var values: UnsafeMutablePointer<Value>?
        if !code.pointee.defaulted.isEmpty {
            let place = try heap.allocate(Value.self, count: code.pointee.parameterCount)
            place.update(repeating: .unbound, count: code.pointee.parameterCount)
            for (index, parameter) in code.pointee.defaulted.enumerated() { place[Int(parameter)] = defaults[index] }
            values = place
        }
        let captures = code.pointee.captures
        let function = try heap.function(code, maker.pointee.module, defaults: values, cellCount: captures.count)
        let cells = FunctionObject.cells(function)
        for (index, capture) in captures.enumerated() {
            let slot = Int(capture.index)
            cells[index] = capture.isFree ? FunctionObject.cells(maker)[slot] : registers[slot]
        }
        return Value(object: UnsafeMutableRawPointer(function))
    }

    func freeVariable(_ number: Int) throws(StarlarkError) -> Value {
        let function = (core.pointee.frames + (core.pointee.frameCount - 1)).pointee.function
        let value = FunctionObject.cells(function)[number].cell.pointee.value
        if value.isUnbound {
            throw unbound("local", function.pointee.code.pointee.freeNames[number].swiftString)
        }
        return value
    }

    @inline(never)
    func unboundLocal(_ slot: Int) -> StarlarkError {
        let code = (core.pointee.frames + (core.pointee.frameCount - 1)).pointee.code
        return unbound("local", code.pointee.localNames[slot].swiftString)
    }

    @inline(never)
    func unboundGlobal(_ slot: Int) -> StarlarkError {
        let function = (core.pointee.frames + (core.pointee.frameCount - 1)).pointee.function
        let program = function.pointee.module.pointee.program.takeUnretainedValue()
        let global = program.globals[slot]
        // Names that came by `load` are local to the file.
        return unbound(global.isExported ? "global" : "local", global.name)
    }

    private func unbound(_ scope: String, _ name: String) -> StarlarkError {
        StarlarkError(.evaluation, "\(scope) variable \(name) referenced before assignment")
    }

    /// Strings end to end.
    func join(_ parts: UnsafeBufferPointer<Value>) throws(StarlarkError) -> Value {
        var builder = try TextBuilder(heap)
        for part in parts { try builder.append(part) }
        return builder.finish()
    }
}
