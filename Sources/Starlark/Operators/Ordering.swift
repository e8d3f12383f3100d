/// The order of two values: `<`, `<=`, `>`, `>=`.
enum Ordering {
    /// Negative, zero or positive.
    ///
    /// - Throws: `.evaluation` when the values have no order; the message names `operation`.
    static func compare(
        _ left: Value, _ right: Value, _ operation: StaticString, _ machine: Machine
    ) throws(StarlarkError) -> Int {
        if let order = try leaves(left, right, machine) { return order }
        guard left.kind == right.kind, left.kind == .list || left.kind == .tuple else {
            throw unordered(left, right, operation)
        }
        if left.raw == right.raw, try Cycles.refuse(in: left, machine) { return 0 }
        var frame = OrderFrame(left, right)
        if let order = try frame.flatOrder(machine) { return order }
        var stack = WorkStack<OrderFrame>(machine)
        defer { stack.free() }
        try stack.push(frame)
        while !stack.isEmpty {
            let top = stack.last
            try machine.spend(1)
            guard let (one, two) = top.pointee.next() else {
                if top.pointee.rest != 0 { return top.pointee.rest }
                stack.pop()
                continue
            }
            if one.raw == two.raw { continue }
            if let order = try leaves(one, two, machine) {
                if order != 0 { return order }
            } else if one.kind == two.kind, one.kind == .list || one.kind == .tuple {
                try stack.push(OrderFrame(one, two))
            } else if try !Equality.equal(one, two, machine) {
                throw unordered(one, two, operation)
            }
        }
        return 0
    }

    /// The order of two values that are no containers; nil when they are, or have no order.
    static func leaves(_ left: Value, _ right: Value, _ machine: Machine) throws(StarlarkError) -> Int? {
        if Value.areSmall(left, right) { return left.small < right.small ? -1 : left.small > right.small ? 1 : 0 }
        let kind = left.kind
        let other = right.kind
        if kind == .integer || kind == .float, other == .integer || other == .float {
            return try Numbers.compare(left, right, machine)
        }
        guard kind == other else { return nil }
        switch kind {
        case .string, .bytes:
            try machine.spend(bytes: min(left.string.count, right.string.count))
            return ByteCompare.order(left.bytes, right.bytes)
        case .bool: return (left.isTrue ? 1 : 0) - (right.isTrue ? 1 : 0)
        case .native:
            let one = left.native
            let two = right.native
            guard one.type.toOpaque() == two.type.toOpaque() else { return nil }
            return one.type._withUnsafeGuaranteedRef { $0.order?(one, two) }
        default: return nil
        }
    }

    private static func unordered(_ left: Value, _ right: Value, _ operation: StaticString) -> StarlarkError {
        StarlarkError(
            .evaluation, "\(left.typeName) \(operation) \(right.typeName) not implemented")
    }

    private struct OrderFrame: BitwiseCopyable {
        private let first: UnsafeBufferPointer<Value>
        private let second: UnsafeBufferPointer<Value>
        private var index = 0

        init(_ left: Value, _ right: Value) {
            first = left.kind == .list ? left.listItems : left.tupleItems
            second = right.kind == .list ? right.listItems : right.tupleItems
        }

        /// The order when one is a prefix of the other.
        var rest: Int { first.count - second.count }

        /// The order, when no part that has parts decides it; else nil, with the first such part as the next one.
        mutating func flatOrder(_ machine: Machine) throws(StarlarkError) -> Int? {
            let count = min(first.count, second.count)
            while index < count {
                let one = first[index]
                let two = second[index]
                if one.raw != two.raw {
                    guard let order = try Ordering.leaves(one, two, machine) else { return nil }
                    if order != 0 { return order }
                }
                try machine.spend(1)
                index += 1
            }
            return rest
        }

        mutating func next() -> (Value, Value)? {
            guard index < min(first.count, second.count) else { return nil }
            index += 1
            return (first[index - 1], second[index - 1])
        }
    }
}
