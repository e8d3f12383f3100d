/// Calls that need more than the loop does: binding arguments, segments, callbacks.
extension Machine {
    /// How often Swift code called by a program may call back into it, one inside the other.
    static let nestingMax = 100

    /// Calls a value from Swift code: a callback.
    func call(_ callee: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        if callee.isObject(.builtin) { return try callee.builtin.pointee.body(self, .unbound, arguments) }
        guard callee.isObject(.function) else { return try callSlowly(callee, arguments, destination: 0) }
        guard core.pointee.nesting < Machine.nestingMax, core.pointee.hasStack() else {
            throw StarlarkError(
                .depthLimit, "Starlark stack overflow: callbacks nest more than \(core.pointee.nesting) deep")
        }
        let bottom = core.pointee.frameCount
        let next = core.pointee.next
        let floor = core.pointee.stackFloor
        if bottom > 0, let next { core.pointee.frames[bottom - 1].next = next }
        core.pointee.nesting += 1
        defer {
            core.pointee.nesting -= 1
            core.pointee.next = next
            core.pointee.stackFloor = floor
        }
        try spend(1)
        try enter(callee.function, arguments, above: freeRegisters(), destination: 0)
        return try run(above: bottom)
    }

    /// Calls a value from the host, which keeps none of this heap's values in the meantime but in `ValueReference`s.
    func callFromHost(_ callee: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        let (wasEntered, wasRooted) = (core.pointee.isEntered, core.pointee.isRooted)
        core.pointee.isRooted = !wasEntered && callee.isObject(.function)
        core.pointee.isEntered = true
        defer {
            core.pointee.isEntered = wasEntered
            core.pointee.isRooted = wasRooted
        }
        return try call(callee, arguments)
    }

    /// Calls a value with positional arguments.
    func call(_ callee: Value, _ first: Value) throws(StarlarkError) -> Value {
        var argument = first
        return try withUnsafeMutablePointer(to: &argument) { (pointer) throws(StarlarkError) in
            try call(callee, Arguments(base: pointer, count: 1))
        }
    }

    /// The first register that no call uses.
    private func freeRegisters() -> UnsafeMutablePointer<Value> {
        guard core.pointee.frameCount > 0 else { return core.pointee.stack.start }
        let frame = core.pointee.frames + (core.pointee.frameCount - 1)
        let end = frame.pointee.registers + frame.pointee.code.pointee.registerCount
        if let floor = core.pointee.stackFloor, floor > end, floor <= core.pointee.stack.end { return floor }
        return end
    }

    /// Calls from the loop that are not plain.
    ///
    /// Returns unbound when a new call was entered.
    @inline(never)
    func callSlowly(
        _ callee: Value, _ arguments: Arguments, destination: UInt16
    ) throws(StarlarkError) -> Value {
        switch callee.kind {
        case .function:
            let total = arguments.count + arguments.namedCount
            try enter(callee.function, arguments, above: arguments.base + total, destination: destination)
            return .unbound
        case .builtin: return try callee.builtin.pointee.body(self, .unbound, arguments)
        case .boundMethod:
            let method = callee.boundMethod
            return try method.builtin.pointee.body(self, method.receiver, arguments)
        default: throw StarlarkError(.evaluation, "invalid call of non-function (\(callee.typeName))")
        }
    }

    /// Binds the arguments and makes a new innermost call, with registers from `base` on or in a new segment.
    private func enter(
        _ function: UnsafeMutablePointer<FunctionObject>, _ arguments: Arguments,
        above base: UnsafeMutablePointer<Value>, destination: UInt16
    ) throws(StarlarkError) {
        let code = function.pointee.code
        if !code.pointee.allowsRecursion, isActive(code) {
            throw StarlarkError(.evaluation, "function \(code.pointee.name.swiftString) called recursively")
        }
        if core.pointee.frameCount == core.pointee.frameCapacity { try core.pointee.growFrames() }
        let count = max(code.pointee.registerCount, 1)
        let fits = core.pointee.stack.end - base >= count
        let registers = fits ? base : try core.pointee.enterSegment(count: count)
        do throws(StarlarkError) {
            try bind(function, arguments, to: registers)
        } catch {
            if !fits { core.pointee.stack.leaveSegment() }
            throw error
        }
        let depth = core.pointee.frameCount
        let frames = core.pointee.frames
        if depth > 0, let next = core.pointee.next { frames[depth - 1].next = next }
        (frames + depth).initialize(
            to: Frame(
                function: function, code: code, next: code.pointee.instructions, registers: registers,
                constants: code.pointee.constants, globals: function.pointee.module.pointee.globals,
                destination: destination, segments: fits ? 0 : 1))
        core.pointee.frameCount = depth + 1
    }

    /// Whether a call of that code is being executed: what recursion is refused by.
    @inline(__always)
    func isActive(_ code: UnsafePointer<FunctionCode>) -> Bool {
        var index = core.pointee.frameCount &- 1
        core.pointee.fuel &-= index >> 5
        while index >= 0 {
            if core.pointee.frames[index].code == code { return true }
            index &-= 1
        }
        return false
    }

    /// A call with `*` or `**`.
    ///
    /// Returns unbound when a new call was entered.
    ///
    /// The arguments are laid out anew above the caller's registers, without taking memory of the heap.
    @inline(never)
    func callSpread(
        _ callee: Value, _ base: UnsafeMutablePointer<Value>, _ instruction: Instruction, _ details: Instruction,
        _ constants: UnsafePointer<Value>
    ) throws(StarlarkError) -> Value {
        let names = details.wide >= 0 ? constants[details.wide].names : nil
        let spread = SpreadArguments(
            base: base, callee: callee, positionalCount: Int(instruction.flag), names: names,
            hasStar: details.flag & 1 != 0,
            hasDoubleStar: details.flag & 2 != 0)
        let words = try spread.measure(self)
        let start = freeRegisters()
        let fits = core.pointee.stack.end - start >= words
        let window = fits ? start : try core.pointee.enterSegment(count: words)
        let floor = core.pointee.stackFloor
        core.pointee.stackFloor = window + words
        defer { core.pointee.stackFloor = floor }
        do throws(StarlarkError) {
            let arguments = try spread.layOut(in: window, self)
            try spend(1)
            let result = try callSlowly(callee, arguments, destination: instruction.a)
            if !fits, !result.isUnbound { core.pointee.stack.leaveSegment() }
            if !fits, result.isUnbound { adoptSegment() }
            return result
        } catch {
            if !fits { core.pointee.stack.leaveSegment() }
            throw error
        }
    }

    @inline(never)
    func leaveSegments(_ count: UInt16) {
        for _ in 0..<count { core.pointee.stack.leaveSegment() }
    }

    /// Makes the innermost call give the segment of its arguments back when it returns.
    private func adoptSegment() {
        let frame = core.pointee.frames + (core.pointee.frameCount - 1)
        let old = frame.pointee
        frame.initialize(
            to: Frame(
                function: old.function, code: old.code, next: old.next, registers: old.registers,
                constants: old.constants, globals: old.globals, destination: old.destination,
                segments: old.segments + 1))
    }
}
