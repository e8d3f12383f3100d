import StarlarkSyntax

/// Tuples, lists, dicts, f-strings, comprehensions.
extension FunctionCompiler {
    /// How many items are evaluated to registers before they are put into the list.
    private static let batch = 32

    mutating func compileTuple(
        _ items: some RandomAccessCollection<ExpressionID>, into target: Int, _ position: UInt32
    ) throws(StarlarkError) {
        let mark = registersInUse
        if items.count <= 255 {
            let base = try consecutive(items)
            emit(Instruction(.tuple, a: target, b: base, c: items.count), position)
        } else {
            let list = try allocate()
            try compileList(items, into: list, position)
            emit(Instruction(.listToTuple, a: target, b: list), position)
        }
        release(to: mark)
    }

    mutating func compileList(
        _ items: some RandomAccessCollection<ExpressionID>, into target: Int, _ position: UInt32
    ) throws(StarlarkError) {
        let mark = registersInUse
        // The items may read a variable that the result is for.
        let list = target < localCount && items.count > FunctionCompiler.batch ? try allocate() : target
        var isFirst = true
        var rest = items[...]
        repeat {
            let inner = registersInUse
            let literals = try leadingLiterals(rest)
            if literals.count >= min(8, max(rest.count, 1)) {
                let tuple = constant(try program.allocator.tuple(literals))
                emit(Instruction(isFirst ? .constantList : .extendConstants, a: list, wide: tuple), position)
                rest = rest.dropFirst(literals.count)
            } else {
                let count = min(FunctionCompiler.batch, rest.count)
                let base = try consecutive(rest.prefix(count))
                emit(Instruction(isFirst ? .list : .extendList, a: list, b: base, c: count), position)
                rest = rest.dropFirst(count)
            }
            isFirst = false
            release(to: inner)
        } while !rest.isEmpty
        if list != target { emit(Instruction(.move, a: target, b: list), position) }
        release(to: mark)
    }

    private func leadingLiterals(
        _ items: some RandomAccessCollection<ExpressionID>
    ) throws(StarlarkError) -> [Value] {
        var values: [Value] = []
        for item in items {
            guard let value = try program.literal(item) else { break }
            values.append(value)
        }
        return values
    }

    /// Keys and values in turn.
    mutating func compileDictionary(
        _ items: some RandomAccessCollection<ExpressionID>, into target: Int, _ position: UInt32
    ) throws(StarlarkError) {
        let mark = registersInUse
        let dict = target < localCount ? try allocate() : target
        emit(Instruction(.dict, a: dict, wide: items.count / 2), position)
        var index = items.startIndex
        while index < items.endIndex {
            let inner = registersInUse
            let valueIndex = items.index(after: index)
            let key = try operand(items[index])
            let value = try operand(items[valueIndex])
            emit(Instruction(.insert, flag: 1, a: dict, b: key, c: value), tree.position(of: items[index]))
            release(to: inner)
            index = items.index(after: valueIndex)
        }
        if dict != target { emit(Instruction(.move, a: target, b: dict), position) }
        release(to: mark)
    }

    mutating func compileFormatted(
        _ parts: NodeList<FormattedPart>, into target: Int, _ position: UInt32
    ) throws(StarlarkError) {
        let mark = registersInUse
        let base = try allocate(Int(parts.count))
        for (index, part) in tree[parts].enumerated() {
            switch part {
            case .text(let text):
                load(try program.string(text), into: base + index, position)
            case .value(let value, let repr):
                let inner = registersInUse
                let register = try operand(value)
                emit(
                    Instruction(.text, flag: repr ? 1 : 0, a: base + index, b: register), tree.position(of: value))
                release(to: inner)
            }
        }
        emit(Instruction(.join, a: target, b: base, c: Int(parts.count)), position)
        release(to: mark)
    }

    /// The clauses are opened one after the other and closed in reverse, without recursion: they may be many.
    mutating func compileComprehension(_ comprehension: Comprehension, into target: Int) throws(StarlarkError) {
        let mark = registersInUse
        let position = comprehension.position
        let result = target < localCount ? try allocate() : target
        if case .list = comprehension.body {
            emit(Instruction(.list, a: result, b: 0, c: 0), position)
        } else {
            emit(Instruction(.dict, a: result, wide: 0), position)
        }
        var open: [LoopCode] = []
        for clause in tree[comprehension.clauses] {
            switch clause {
            case .loop(let variable, let iterable):
                open.append(try openLoop(over: iterable, assigning: variable, at: position))
            case .condition(let condition):
                guard let loop = open.last else { continue }
                let inner = registersInUse
                try branch(condition, jumpingWhen: false, to: loop.next)
                release(to: inner)
            }
        }
        let inner = registersInUse
        switch comprehension.body {
        case .list(let element):
            let register = try operand(element)
            emit(Instruction(.append, a: result, b: register), tree.position(of: element))
        case .dictionary(let key, let value):
            let keyRegister = try operand(key)
            let valueRegister = try operand(value)
            emit(Instruction(.insert, a: result, b: keyRegister, c: valueRegister), tree.position(of: key))
        }
        release(to: inner)
        while let loop = open.popLast() { closeLoop(loop, at: position) }
        if result != target { emit(Instruction(.move, a: target, b: result), position) }
        release(to: mark)
    }
}
