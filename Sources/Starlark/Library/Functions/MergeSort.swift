/// Sorts values by their keys, stably, in n log n comparisons even when they are inconsistent.
///
/// The list being sorted is new and no program sees it yet, so nothing can change it meanwhile.
struct MergeSort {
    private struct Item: BitwiseCopyable {
        var key: Value
        var value: Value
        /// Decides the order of two keys where it differs: see `Ranks`.
        var rank: UInt64 = 0
    }

    /// What the ranks of the keys stand for.
    private enum Ranks {
        /// Nothing: keys are compared.
        case none
        /// Small integers: the whole key.
        case integers
        /// Strings: the first eight bytes.
        case prefixes
    }

    private let machine: Machine
    private let values: UnsafeMutableBufferPointer<Value>
    private let isReversed: Bool
    private var items: UnsafeMutablePointer<Item>
    private var spare: UnsafeMutablePointer<Item>
    private let bytes: Int
    private var ranks = Ranks.none
    /// The last pair that could not be compared: sorting goes on as if neither came first, and fails at the end.
    private var failure: StarlarkError?

    /// Takes twice the room of the values with their keys; each value is its own key at first.
    init(_ machine: Machine, _ values: UnsafeMutableBufferPointer<Value>, isReversed: Bool) throws(StarlarkError) {
        self.machine = machine
        self.values = values
        self.isReversed = isReversed
        bytes = try machine.heap.byteCount(values.count, of: 2 * MemoryLayout<Item>.stride)
        try machine.heap.state.pointee.charge(bytes)
        items = .allocate(capacity: values.count)
        spare = .allocate(capacity: values.count)
        for index in values.indices {
            (items + index).initialize(to: Item(key: values[index], value: values[index]))
        }
    }

    /// Must be called once.
    func free() {
        items.deallocate()
        spare.deallocate()
        machine.heap.state.pointee.used -= bytes
    }

    func setKey(_ key: Value, at index: Int) { items[index].key = key }

    /// Sorts and writes the values back.
    mutating func sort() throws(StarlarkError) {
        let count = values.count
        try machine.spend(count)
        setRanks()
        var start = 0
        while start < count {
            let end = min(start + MergeSort.runLength, count)
            try insertionSort(start..<end)
            start = end
        }
        var width = MergeSort.runLength
        while width < count {
            try machine.spend(count)
            var start = 0
            while start < count {
                let middle = min(start + width, count)
                let end = min(middle + width, count)
                try merge(start, middle, end)
                start = end
            }
            swap(&items, &spare)
            width *= 2
        }
        if let failure { throw failure }
        for index in 0..<count { values[index] = items[index].value }
    }

    private static let runLength = 8

    /// Gives the keys ranks when all are small integers or all are strings.
    private mutating func setRanks() {
        let keys = UnsafeBufferPointer(start: items, count: values.count)
        if keys.allSatisfy({ $0.key.isSmall }) {
            ranks = .integers
            for index in keys.indices {
                items[index].rank = UInt64(bitPattern: Int64(keys[index].key.small)) ^ (1 << 63)
            }
        } else if keys.allSatisfy({ $0.key.isObject(.string) }) {
            ranks = .prefixes
            for index in keys.indices { items[index].rank = MergeSort.prefix(keys[index].key.bytes) }
        }
    }

    /// The first eight bytes as a number that orders as they do; missing ones count as 0.
    private static func prefix(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        if bytes.count >= 8, let base = bytes.baseAddress {
            return UInt64(bigEndian: UnsafeRawPointer(base).loadUnaligned(as: UInt64.self))
        }
        var prefix: UInt64 = 0
        for byte in bytes { prefix = prefix << 8 | UInt64(byte) }
        return bytes.isEmpty ? 0 : prefix << UInt64(64 - bytes.count * 8)
    }

    private mutating func insertionSort(_ range: Range<Int>) throws(StarlarkError) {
        try machine.spend(range.count)
        for index in range.dropFirst() {
            let item = items[index]
            var place = index
            while place > range.lowerBound, try isBefore(item, items[place - 1]) {
                items[place] = items[place - 1]
                place -= 1
            }
            items[place] = item
        }
    }

    private mutating func merge(_ start: Int, _ middle: Int, _ end: Int) throws(StarlarkError) {
        var left = start
        var right = middle
        for target in start..<end {
            let takesRight: Bool
            if left == middle {
                takesRight = true
            } else if right == end {
                takesRight = false
            } else {
                takesRight = try isBefore(items[right], items[left])
            }
            spare[target] = items[takesRight ? right : left]
            if takesRight { right += 1 } else { left += 1 }
        }
    }

    /// Whether the first item must stand before the second.
    @inline(__always)
    private mutating func isBefore(_ first: Item, _ second: Item) throws(StarlarkError) -> Bool {
        if first.rank != second.rank { return (first.rank < second.rank) != isReversed }
        return ranks == .integers ? false : try isBeforeSlowly(first.key, second.key)
    }

    @inline(never)
    private mutating func isBeforeSlowly(_ first: Value, _ second: Value) throws(StarlarkError) -> Bool {
        let order: Int
        if first.isObject(.string), second.isObject(.string) {
            let (left, right) = (first.bytes, second.bytes)
            try machine.spend(bytes: min(left.count, right.count))
            order = ByteCompare.order(left, right)
        } else {
            do throws(StarlarkError) {
                order = try Ordering.compare(first, second, "<", machine)
            } catch {
                guard error.code == .evaluation else { throw error }
                failure = error
                return false
            }
        }
        return isReversed ? order > 0 : order < 0
    }
}
