extension Machine {
    /// Runs the innermost call until it returns to `bottom` calls.
    ///
    /// This one function is long on purpose: the program counter, the registers, the constants and the globals stay
    /// in machine registers only as long as nothing leaves it. It holds the common case of each instruction;
    /// everything rare is out of line.
    func run(above bottom: Int) throws(StarlarkError) -> Value {
        let core = core
        let top = core.pointee.frames + (core.pointee.frameCount - 1)
        var pc = top.pointee.next
        var r = top.pointee.registers
        var k = top.pointee.constants
        var g = top.pointee.globals
        do throws(StarlarkError) {
            while true {
                let i = pc.pointee
                pc += 1
                let callee: Value
                var arguments = r + Int(i.b)
                var names: UnsafeMutablePointer<NamesObject>?
                switch i.opcode {
                case .move:
                    r[Int(i.a)] = r[Int(i.b)]
                    continue
                case .constant:
                    r[Int(i.a)] = k[i.wide]
                    continue
                case .small:
                    r[Int(i.a)] = Value(small: i.wide)
                    continue
                case .global:
                    let value = g[i.wide]
                    if value.isUnbound { throw unboundGlobal(i.wide) }
                    r[Int(i.a)] = value
                    continue
                case .setGlobal:
                    g[i.wide] = r[Int(i.a)]
                    continue
                case .clear:
                    r[Int(i.a)] = .unbound
                    continue
                case .checkLocal:
                    if r[Int(i.a)].isUnbound { throw unboundLocal(Int(i.a)) }
                    continue
                case .newCell:
                    r[Int(i.a)] = try heap.cell(.unbound)
                    continue
                case .wrapCell:
                    r[Int(i.a)] = try heap.cell(r[Int(i.a)])
                    continue
                case .getCell:
                    let value = r[Int(i.b)].cell.pointee.value
                    if value.isUnbound { throw unboundLocal(Int(i.b)) }
                    r[Int(i.a)] = value
                    continue
                case .setCell:
                    r[Int(i.a)].cell.pointee.value = r[Int(i.b)]
                    continue
                case .getFree:
                    r[Int(i.a)] = try freeVariable(Int(i.b))
                    continue
                case .closure:
                    r[Int(i.a)] = try closure(Int(i.b), r, defaults: r + Int(i.c))
                    continue

                case .add:
                    let left = r[Int(i.b)]
                    let right = (i.flag & 1 != 0 ? k : UnsafePointer(r))[Int(i.c)]
                    let (sum, overflow) = Int(bitPattern: left.raw)
                        .addingReportingOverflow(Int(bitPattern: right.raw ^ 1))
                    if Value.areSmall(left, right), !overflow {
                        r[Int(i.a)] = Value(raw: UInt(bitPattern: sum))
                    } else {
                        r[Int(i.a)] = try add(left, right, i.flag)
                    }
                    continue
                case .addInPlace:
                    let left = r[Int(i.b)]
                    let right = (i.flag & 1 != 0 ? k : UnsafePointer(r))[Int(i.c)]
                    let (sum, overflow) = Int(bitPattern: left.raw)
                        .addingReportingOverflow(Int(bitPattern: right.raw ^ 1))
                    if Value.areSmall(left, right), !overflow {
                        r[Int(i.a)] = Value(raw: UInt(bitPattern: sum))
                    } else {
                        r[Int(i.a)] = try addInPlace(left, right, i.flag)
                    }
                    continue
                case .subtract:
                    let left = r[Int(i.b)]
                    let right = (i.flag & 1 != 0 ? k : UnsafePointer(r))[Int(i.c)]
                    let (difference, overflow) = Int(bitPattern: left.raw)
                        .subtractingReportingOverflow(Int(bitPattern: right.raw ^ 1))
                    if Value.areSmall(left, right), !overflow {
                        r[Int(i.a)] = Value(raw: UInt(bitPattern: difference))
                    } else {
                        r[Int(i.a)] = try subtract(left, right, i.flag)
                    }
                    continue
                case .multiply:
                    let left = r[Int(i.b)]
                    let right = (i.flag & 1 != 0 ? k : UnsafePointer(r))[Int(i.c)]
                    let product = Value.smallProduct(left, right)
                    r[Int(i.a)] = product.isUnbound ? try multiply(left, right, i.flag) : product
                    continue
                case .divide:
                    let right = (i.flag & 1 != 0 ? k : UnsafePointer(r))[Int(i.c)]
                    r[Int(i.a)] = try divide(r[Int(i.b)], right)
                    continue
                case .floorDivide:
                    let left = r[Int(i.b)]
                    let right = (i.flag & 1 != 0 ? k : UnsafePointer(r))[Int(i.c)]
                    if Value.areSmall(left, right), right.small > 0 {
                        r[Int(i.a)] = Value(small: IntegerArithmetic.floorDivide(left.small, right.small).quotient)
                    } else {
                        r[Int(i.a)] = try binary(.floorDivide, left, right, i.flag)
                    }
                    continue
                case .modulo:
                    let left = r[Int(i.b)]
                    let right = (i.flag & 1 != 0 ? k : UnsafePointer(r))[Int(i.c)]
                    if Value.areSmall(left, right), right.small > 0 {
                        r[Int(i.a)] = Value(small: IntegerArithmetic.floorDivide(left.small, right.small).remainder)
                    } else {
                        r[Int(i.a)] = try binary(.modulo, left, right, i.flag)
                    }
                    continue
                case .and:
                    let left = r[Int(i.b)]
                    let right = (i.flag & 1 != 0 ? k : UnsafePointer(r))[Int(i.c)]
                    r[Int(i.a)] =
                        Value.areSmall(left, right)
                        ? Value(raw: left.raw & right.raw) : try binary(.and, left, right, i.flag)
                    continue
                case .or:
                    let left = r[Int(i.b)]
                    let right = (i.flag & 1 != 0 ? k : UnsafePointer(r))[Int(i.c)]
                    r[Int(i.a)] =
                        Value.areSmall(left, right)
                        ? Value(raw: left.raw | right.raw) : try binary(.or, left, right, i.flag)
                    continue
                case .orInPlace:
                    let left = r[Int(i.b)]
                    let right = (i.flag & 1 != 0 ? k : UnsafePointer(r))[Int(i.c)]
                    r[Int(i.a)] =
                        Value.areSmall(left, right)
                        ? Value(raw: left.raw | right.raw) : try orInPlace(left, right, i.flag)
                    continue
                case .xor:
                    let left = r[Int(i.b)]
                    let right = (i.flag & 1 != 0 ? k : UnsafePointer(r))[Int(i.c)]
                    r[Int(i.a)] =
                        Value.areSmall(left, right)
                        ? Value(raw: left.raw ^ right.raw | 1) : try binary(.xor, left, right, i.flag)
                    continue
                case .shiftLeft:
                    let left = r[Int(i.b)]
                    let right = (i.flag & 1 != 0 ? k : UnsafePointer(r))[Int(i.c)]
                    r[Int(i.a)] = try shiftLeft(left, right, i.flag)
                    continue
                case .shiftRight:
                    let left = r[Int(i.b)]
                    let right = (i.flag & 1 != 0 ? k : UnsafePointer(r))[Int(i.c)]
                    if Value.areSmall(left, right), right.small >= 0, right.small < 63 {
                        r[Int(i.a)] = Value(small: left.small >> right.small)
                    } else {
                        r[Int(i.a)] = try binary(.shiftRight, left, right, i.flag)
                    }
                    continue

                case .equal:
                    let right = (i.flag & 1 != 0 ? k : UnsafePointer(r))[Int(i.c)]
                    r[Int(i.a)] = Value(try equal(r[Int(i.b)], right))
                    continue
                case .notEqual:
                    let right = (i.flag & 1 != 0 ? k : UnsafePointer(r))[Int(i.c)]
                    r[Int(i.a)] = Value(try !equal(r[Int(i.b)], right))
                    continue
                case .less:
                    let left = r[Int(i.b)]
                    let right = (i.flag & 1 != 0 ? k : UnsafePointer(r))[Int(i.c)]
                    r[Int(i.a)] = Value(
                        Value.areSmall(left, right)
                            ? Int(bitPattern: left.raw) < Int(bitPattern: right.raw) : try less(left, right))
                    continue
                case .lessOrEqual:
                    let left = r[Int(i.b)]
                    let right = (i.flag & 1 != 0 ? k : UnsafePointer(r))[Int(i.c)]
                    r[Int(i.a)] = Value(
                        Value.areSmall(left, right)
                            ? Int(bitPattern: left.raw) <= Int(bitPattern: right.raw) : try lessOrEqual(left, right))
                    continue
                case .greater:
                    let left = r[Int(i.b)]
                    let right = (i.flag & 1 != 0 ? k : UnsafePointer(r))[Int(i.c)]
                    r[Int(i.a)] = Value(
                        Value.areSmall(left, right)
                            ? Int(bitPattern: left.raw) > Int(bitPattern: right.raw) : try greater(left, right))
                    continue
                case .greaterOrEqual:
                    let left = r[Int(i.b)]
                    let right = (i.flag & 1 != 0 ? k : UnsafePointer(r))[Int(i.c)]
                    r[Int(i.a)] = Value(
                        Value.areSmall(left, right)
                            ? Int(bitPattern: left.raw) >= Int(bitPattern: right.raw)
                            : try greaterOrEqual(left, right))
                    continue
                case .isIn:
                    let right = (i.flag & 1 != 0 ? k : UnsafePointer(r))[Int(i.c)]
                    r[Int(i.a)] = Value(try contains(right, r[Int(i.b)]))
                    continue
                case .isNotIn:
                    let right = (i.flag & 1 != 0 ? k : UnsafePointer(r))[Int(i.c)]
                    r[Int(i.a)] = Value(try !contains(right, r[Int(i.b)]))
                    continue
                case .not:
                    r[Int(i.a)] = Value(!isTrue(r[Int(i.b)]))
                    continue
                case .negate, .plus, .invert:
                    r[Int(i.a)] = try unary(i.opcode, r[Int(i.b)])
                    continue

                case .jump:
                    pc += i.wide
                    continue
                case .loop:
                    pc += i.wide
                    core.pointee.fuel &-= 1
                    if core.pointee.fuel < 0 { try pause() }
                    continue
                case .jumpIf:
                    if isTrue(r[Int(i.a)]) { pc += i.wide }
                    continue
                case .jumpIfNot:
                    if !isTrue(r[Int(i.a)]) { pc += i.wide }
                    continue
                case .jumpEqual:
                    let right = (i.flag & 1 != 0 ? k : UnsafePointer(r))[Int(i.b)]
                    if try equal(r[Int(i.a)], right) == (i.flag & 2 == 0) { pc += i.near }
                    continue
                case .jumpLess:
                    let left = r[Int(i.a)]
                    let right = (i.flag & 1 != 0 ? k : UnsafePointer(r))[Int(i.b)]
                    let holds =
                        Value.areSmall(left, right)
                        ? Int(bitPattern: left.raw) < Int(bitPattern: right.raw) : try less(left, right)
                    if holds == (i.flag & 2 == 0) { pc += i.near }
                    continue
                case .jumpLessOrEqual:
                    let left = r[Int(i.a)]
                    let right = (i.flag & 1 != 0 ? k : UnsafePointer(r))[Int(i.b)]
                    let holds =
                        Value.areSmall(left, right)
                        ? Int(bitPattern: left.raw) <= Int(bitPattern: right.raw) : try lessOrEqual(left, right)
                    if holds == (i.flag & 2 == 0) { pc += i.near }
                    continue
                case .jumpGreater:
                    let left = r[Int(i.a)]
                    let right = (i.flag & 1 != 0 ? k : UnsafePointer(r))[Int(i.b)]
                    let holds =
                        Value.areSmall(left, right)
                        ? Int(bitPattern: left.raw) > Int(bitPattern: right.raw) : try greater(left, right)
                    if holds == (i.flag & 2 == 0) { pc += i.near }
                    continue
                case .jumpGreaterOrEqual:
                    let left = r[Int(i.a)]
                    let right = (i.flag & 1 != 0 ? k : UnsafePointer(r))[Int(i.b)]
                    let holds =
                        Value.areSmall(left, right)
                        ? Int(bitPattern: left.raw) >= Int(bitPattern: right.raw) : try greaterOrEqual(left, right)
                    if holds == (i.flag & 2 == 0) { pc += i.near }
                    continue

                case .index:
                    let base = r[Int(i.b)]
                    let index = (i.flag & 1 != 0 ? k : UnsafePointer(r))[Int(i.c)]
                    if index.isSmall, base.isObject(.list) {
                        let number = index.small
                        let count = base.list.pointee.count
                        let place = number < 0 ? number &+ count : number
                        if UInt(bitPattern: place) < UInt(bitPattern: count) {
                            r[Int(i.a)] = base.list.pointee.items[place]
                            continue
                        }
                    }
                    r[Int(i.a)] = try self.index(base, index)
                    continue
                case .setIndex:
                    let base = r[Int(i.a)]
                    let index = r[Int(i.b)]
                    if index.isSmall, base.isObject(.list) {
                        let list = base.list
                        let place = index.small
                        if UInt(bitPattern: place) < UInt(bitPattern: list.pointee.count),
                            !list.pointee.owner.pointee.isFrozen, list.pointee.iterators == 0
                        {
                            list.pointee.items[place] = r[Int(i.c)]
                            continue
                        }
                    }
                    try setIndex(base, index, r[Int(i.c)])
                    continue
                case .slice:
                    let bounds = r + Int(i.c)
                    r[Int(i.a)] = try slice(r[Int(i.b)], bounds[0], bounds[1], bounds[2])
                    continue
                case .attribute:
                    let number = Int(pc.pointee.a)
                    pc += 1
                    r[Int(i.a)] = try attribute(r[Int(i.b)], k[Int(i.c)], number)
                    continue
                case .setAttribute:
                    try setAttribute(r[Int(i.a)], k[Int(i.b)], r[Int(i.c)])
                    continue

                case .list:
                    r[Int(i.a)] = try heap.list(UnsafeBufferPointer(start: r + Int(i.b), count: Int(i.c)))
                    continue
                case .constantList:
                    r[Int(i.a)] = try heap.list(k[i.wide].tupleItems)
                    continue
                case .extendList:
                    try extend(r[Int(i.a)].list, UnsafeBufferPointer(start: r + Int(i.b), count: Int(i.c)))
                    continue
                case .extendConstants:
                    try extend(r[Int(i.a)].list, k[i.wide].tupleItems)
                    continue
                case .append:
                    try append(r[Int(i.b)], to: r[Int(i.a)].list)
                    continue
                case .tuple:
                    r[Int(i.a)] = try heap.tuple(UnsafeBufferPointer(start: r + Int(i.b), count: Int(i.c)))
                    continue
                case .listToTuple:
                    r[Int(i.a)] = try heap.tuple(r[Int(i.b)].listItems)
                    continue
                case .dict:
                    r[Int(i.a)] = Value(object: UnsafeMutableRawPointer(try heap.dict(capacity: i.wide)))
                    continue
                case .insert:
                    try insert(r[Int(i.b)], r[Int(i.c)], r[Int(i.a)].dict, mustBeNew: i.flag != 0)
                    continue
                case .unpack:
                    try unpack(r[Int(i.b)], Int(i.c), to: r + Int(i.a))
                    continue

                case .iterate:
                    iterator(r + Int(i.a)).initialize(to: try ValueIterator.start(r[Int(i.b)]))
                    continue
                case .next, .nextWide:
                    let item = try iterator(r + Int(i.a)).pointee.next(self)
                    if item.isUnbound {
                        iterator(r + Int(i.a)).pointee.end()
                        if i.opcode == .nextWide { pc += 1 }
                        continue
                    }
                    r[Int(i.b)] = item
                    if i.opcode == .next { pc += i.near }
                    core.pointee.fuel &-= 1
                    if core.pointee.fuel < 0 { try pause() }
                    continue
                case .endIteration:
                    iterator(r + Int(i.a)).pointee.end()
                    continue
                case .range:
                    try rangeState(r + Int(i.a), Arguments(base: r + Int(i.b), count: Int(i.flag)))
                    continue
                case .rangeNext, .rangeNextWide:
                    // The number is kept as a value's word and the stride doubled, so that one addition suffices.
                    let state = r + Int(i.a)
                    let left = state[1].raw
                    if left == 0 {
                        if i.opcode == .rangeNextWide { pc += 1 }
                        continue
                    }
                    state[1].raw = left &- 1
                    let number = state[0].raw
                    state[0].raw = number &+ state[2].raw
                    r[Int(i.b)] = Value(raw: number)
                    if i.opcode == .rangeNext { pc += i.near }
                    core.pointee.fuel &-= 1
                    if core.pointee.fuel < 0 { try pause() }
                    continue

                case .return, .returnNone:
                    let value = i.opcode == .return ? r[Int(i.a)] : .none
                    let count = core.pointee.frameCount &- 1
                    core.pointee.frameCount = count
                    let frame = core.pointee.frames + count
                    if frame.pointee.segments != 0 { leaveSegments(frame.pointee.segments) }
                    if count == bottom { return value }
                    let caller = frame - 1
                    r = caller.pointee.registers
                    pc = caller.pointee.next
                    k = caller.pointee.constants
                    g = caller.pointee.globals
                    r[Int(frame.pointee.destination)] = value
                    continue
                case .load:
                    core.pointee.next = pc
                    try load(i.wide, into: g)
                    continue
                case .text:
                    r[Int(i.a)] = try text(r[Int(i.b)], repr: i.flag != 0)
                    continue
                case .join:
                    r[Int(i.a)] = try join(UnsafeBufferPointer(start: r + Int(i.b), count: Int(i.c)))
                    continue

                case .checkType:
                    try checkType(r[Int(i.a)], k[Int(i.b)], k[Int(i.c)], i.flag)
                    continue

                case .call:
                    callee = r[Int(i.c)]
                case .callNamed:
                    callee = r[Int(i.c)]
                    names = k[pc.pointee.wide].names
                    pc += 1
                case .callGlobal:
                    callee = g[Int(i.c)]
                    if callee.isUnbound { throw unboundGlobal(Int(i.c)) }
                case .callGlobalNamed:
                    callee = g[Int(i.c)]
                    if callee.isUnbound { throw unboundGlobal(Int(i.c)) }
                    names = k[pc.pointee.wide].names
                    pc += 1
                case .callMethod:
                    let number = pc.pointee
                    pc += 1
                    let receiver = arguments[0]
                    arguments += 1
                    if number.wide >= 0 { names = k[number.wide].names }
                    if let method = core.pointee.library.method(receiver.kind, Int(number.a)) {
                        core.pointee.next = pc
                        core.pointee.fuel &-= 1
                        if core.pointee.fuel < 0 { try pause() }
                        r[Int(i.a)] = try method.pointee.body(
                            self, receiver, Arguments(base: arguments, count: Int(i.flag), names: names))
                        continue
                    }
                    callee = try attribute(receiver, k[Int(i.c)], Int(number.a))
                case .callSpread:
                    let details = pc.pointee
                    pc += 1
                    core.pointee.next = pc
                    let result = try callSpread(r[Int(i.c)], arguments, i, details, k)
                    if !result.isUnbound {
                        r[Int(i.a)] = result
                        continue
                    }
                    let frame = core.pointee.frames + (core.pointee.frameCount &- 1)
                    pc = frame.pointee.next
                    r = frame.pointee.registers
                    k = frame.pointee.constants
                    g = frame.pointee.globals
                    continue
                }

                // A call: what is called, its arguments and their names are known.
                core.pointee.fuel &-= 1
                if core.pointee.fuel < 0 { try pause(callee) }
                if callee.isObject(.function) {
                    let function = callee.function
                    let code = function.pointee.code
                    let depth = core.pointee.frameCount
                    if code.pointee.parameterCount == Int(i.flag), code.pointee.isPlain, names == nil,
                        depth < core.pointee.frameCapacity,
                        core.pointee.stack.end - arguments >= code.pointee.registerCount,
                        code.pointee.allowsRecursion || !isActive(code)
                    {
                        let frame = core.pointee.frames + depth
                        (frame - 1).pointee.next = pc
                        pc = code.pointee.instructions
                        k = code.pointee.constants
                        g = function.pointee.module.pointee.globals
                        r = arguments
                        frame.initialize(
                            to: Frame(
                                function: function, code: code, next: pc, registers: r, constants: k, globals: g,
                                destination: i.a, segments: 0))
                        core.pointee.frameCount = depth &+ 1
                        continue
                    }
                }
                core.pointee.next = pc
                if callee.isObject(.builtin) {
                    r[Int(i.a)] = try callee.builtin.pointee.body(
                        self, .unbound, Arguments(base: arguments, count: Int(i.flag), names: names))
                    continue
                }
                let result = try callSlowly(
                    callee, Arguments(base: arguments, count: Int(i.flag), names: names), destination: i.a)
                if !result.isUnbound {
                    r[Int(i.a)] = result
                    continue
                }
                let frame = core.pointee.frames + (core.pointee.frameCount &- 1)
                pc = frame.pointee.next
                r = frame.pointee.registers
                k = frame.pointee.constants
                g = frame.pointee.globals
            }
        } catch {
            throw unwind(error, to: bottom, at: pc)
        }
    }
}
