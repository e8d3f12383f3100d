/// Sorts values by their keys, stably, in n log n comparisons even when they are inconsistent.
///
/// The list being sorted is new and no program sees it yet, so nothing can change it meanwhile.
struct MergeSort {
    private struct Item: BitwiseCopyable {
        var key: Value
        var value: Value
    }

    private let machine: Machine
    private let values: UnsafeMutableBufferPointer<Value>
    private let isReversed: Bool
    private var items: UnsafeMutablePointer<Item>
    private var spare: UnsafeMutablePointer<Item>
    private let bytes: Int
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

    private mutating func insertionSort(_ range: Range<Int>) throws(StarlarkError) {
        try machine.spend(range.count)
        for index in range.dropFirst() {
            let item = items[index]
            var place = index
            while place > range.lowerBound, try isBefore(item.key, items[place - 1].key) {
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
                takesRight = try isBefore(items[right].key, items[left].key)
            }
            spare[target] = items[takesRight ? right : left]
            if takesRight { right += 1 } else { left += 1 }
        }
    }

    /// Whether the first key must stand before the second.
    @inline(__always)
    private mutating func isBefore(_ first: Value, _ second: Value) throws(StarlarkError) -> Bool {
        if Value.areSmall(first, second) {
            return isReversed ? second.small < first.small : first.small < second.small
        }
        return try isBeforeSlowly(first, second)
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
