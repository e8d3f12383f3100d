/// Two containers of one kind that are being compared, item by item.
struct PairFrame: BitwiseCopyable {
    private let left: Value
    private let right: Value
    private var index = 0
    private let count: Int
    private let first: UnsafePointer<Value>?
    private let second: UnsafePointer<Value>?
    /// Set when a key of one is missing in the other.
    private(set) var differs = false

    /// Nil when the sizes or the fields' names show that they differ.
    init?(_ left: Value, _ right: Value, _ machine: Machine) throws(StarlarkError) {
        self.left = left
        self.right = right
        switch left.kind {
        case .tuple:
            guard left.tupleItems.count == right.tupleItems.count else { return nil }
            (first, second, count) = (left.tupleItems.baseAddress, right.tupleItems.baseAddress, left.tupleItems.count)
        case .list:
            guard left.listItems.count == right.listItems.count else { return nil }
            (first, second, count) = (left.listItems.baseAddress, right.listItems.baseAddress, left.listItems.count)
        case .structure:
            try machine.spend(left.structureItems.count >> 3)
            guard left.sameFields(as: right) else { return nil }
            (first, second) = (left.structureItems.baseAddress, right.structureItems.baseAddress)
            count = left.structureItems.count
        default:
            guard left.dict.pointee.table.count == right.dict.pointee.table.count else { return nil }
            (first, second, count) = (nil, nil, left.dict.pointee.table.places)
        }
    }

    /// The next two items to compare; nil at the end, or when `differs` was set.
    mutating func next(_ machine: Machine) throws(StarlarkError) -> (Value, Value)? {
        if let first, let second {
            guard index < count else { return nil }
            index += 1
            return (first[index - 1], second[index - 1])
        }
        while index < count {
            let entry = left.dict.pointee.table.entries[index]
            index += 1
            if entry.key.isUnbound { continue }
            let table = right.dict.pointee.table
            let place = try table.find(entry.key, hash: entry.hash, machine)
            guard place >= 0 else {
                differs = true
                return nil
            }
            if left.kind == .dict { return (entry.value, table.entries[place].value) }
            try machine.spend(1)
        }
        return nil
    }
}
