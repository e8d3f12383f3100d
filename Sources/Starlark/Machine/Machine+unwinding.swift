/// What happens when an error leaves calls.
extension Machine {
    /// How many calls an error keeps from each end of a deep stack.
    private static let framesKept = 100

    /// Ends the calls above `bottom` and adds them to the error.
    @inline(never)
    func unwind(
        _ error: StarlarkError, to bottom: Int, at pc: UnsafePointer<Instruction>
    ) -> StarlarkError {
        let count = core.pointee.frameCount
        guard count > bottom else { return error }
        core.pointee.frames[count - 1].next = pc
        let frames = stackFrames(bottom..<count)
        let builtin = calledBuiltin(core.pointee.frames[count - 1])
        while core.pointee.frameCount > bottom {
            let frame = core.pointee.frames[core.pointee.frameCount - 1]
            closeIterators(frame)
            leaveSegments(frame.segments)
            core.pointee.frameCount -= 1
        }
        return error.inside(frames, builtin: builtin)
    }

    /// The name of the builtin that the call's current instruction calls, if it calls one.
    private func calledBuiltin(_ frame: Frame) -> String? {
        var instruction = frame.next[-1]
        var r = frame.registers
        switch instruction.opcode {
        case .callMethod, .callNamed, .callGlobalNamed, .callSpread:
            // The word before is the extension.
            instruction = frame.next[-2]
        default: break
        }
        let callee: Value
        switch instruction.opcode {
        case .call, .callNamed, .callSpread: callee = r[Int(instruction.c)]
        case .callGlobal, .callGlobalNamed: callee = frame.globals[Int(instruction.c)]
        case .callMethod:
            r += Int(instruction.b)
            let method = core.pointee.library.method(r[0].kind, Int(frame.next[-1].a))
            return method?.pointee.name
        default: return nil
        }
        switch callee.kind {
        case .builtin: return callee.builtin.pointee.name
        case .boundMethod: return callee.boundMethod.builtin.pointee.name
        default: return nil
        }
    }

    /// Lets what the call's loops run over change again.
    private func closeIterators(_ frame: Frame) {
        let position = frame.next - frame.code.pointee.instructions - 1
        for loop in frame.code.pointee.loops where loop.start <= position && position < loop.end {
            iterator(frame.registers + Int(loop.register)).pointee.end()
        }
    }

    /// The calls in a range for people to read, outermost first; the middle of a deep stack is left out.
    func stackFrames(_ range: Range<Int>) -> [StackFrame] {
        var frames: [StackFrame] = []
        for index in range {
            if index - range.lowerBound >= Machine.framesKept, range.upperBound - index > Machine.framesKept {
                continue
            }
            frames.append(stackFrame(core.pointee.frames[index]))
        }
        return frames
    }

    private func stackFrame(_ frame: Frame) -> StackFrame {
        let code = frame.code
        let position = UInt32(truncatingIfNeeded: max(0, frame.next - code.pointee.instructions - 1))
        let positions = code.pointee.positions
        var low = 0
        var high = positions.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if positions[middle].instruction <= position { low = middle } else { high = middle }
        }
        let offset = positions.isEmpty ? 0 : positions[low].offset
        let source = code.pointee.source.takeUnretainedValue()
        let location = source.location(at: offset)
        return StackFrame(
            function: code.pointee.name.swiftString, location: location, line: source.excerpt(ofLine: location.line))
    }

    /// The calls being executed, outermost first: for the host.
    func callStack() -> [StackFrame] {
        let count = core.pointee.frameCount
        if count > 0, let next = core.pointee.next { core.pointee.frames[count - 1].next = next }
        return stackFrames(0..<count)
    }
}
