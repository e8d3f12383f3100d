/// Sorts values by their keys, stably, in n log n comparisons even when they are inconsistent.
///
/// The list being sorted is new and no program sees it yet, so nothing can change it meanwhile.
struct MergeSort {
    private struct Item: BitwiseCopyable {
        var key: Value
        var value: Value
        /// Decides the order of two keys where it differs: see `SortRank`.
        var rank: UInt64 = 0
    }

    private let machine: Machine
    private let values: UnsafeMutableBufferPointer<Value>
    private let isReversed: Bool
    private var items: UnsafeMutablePointer<Item>
    private var spare: UnsafeMutablePointer<Item>?
    private let bytes: Int
    /// Whether keys of one rank are equal.
    private var ranksAreWhole = false
    /// The last pair that could not be compared: sorting goes on as if neither came first, and fails at the end.
    private var failure: StarlarkError?

    /// Takes twice the room of the values with their keys; each value is its own key at first.
    init(_ machine: Machine, _ values: UnsafeMutableBufferPointer<Value>, isReversed: Bool) throws(StarlarkError) {
        self.machine = machine
        self.values = values
        self.isReversed = isReversed
        bytes = try machine.heap.byteCount(values.count, of: 2 * MemoryLayout<Item>.stride)
        try machine.heap.state.pointee.charge(bytes)
        guard let room = MergeSort.room(values.count) else { throw machine.heap.state.pointee.overLimit }
        items = room
        for index in values.indices {
            (items + index).initialize(to: Item(key: values[index], value: values[index]))
        }
    }

    /// Must be called once.
    func free() {
        SystemMemory.giveBack(items)
        if let spare { SystemMemory.giveBack(spare) }
        machine.heap.state.pointee.used -= bytes
    }

    private static func room(_ count: Int) -> UnsafeMutablePointer<Item>? {
        SystemMemory.take(max(count, 1) * MemoryLayout<Item>.stride)?.bindMemory(to: Item.self, capacity: count)
    }

    func setKey(_ key: Value, at index: Int) { items[index].key = key }

    /// Sorts and writes the values back.
    mutating func sort() throws(StarlarkError) {
        let count = values.count
        try machine.spend(count)
        setRanks()
        if try !isSorted() { try sortRuns() }
        if let failure { throw failure }
        for index in 0..<count { values[index] = items[index].value }
    }

    private mutating func sortRuns() throws(StarlarkError) {
        let count = values.count
        var start = 0
        while start < count {
            let end = min(start + MergeSort.runLength, count)
            try insertionSort(start..<end)
            start = end
        }
        guard var spare = MergeSort.room(count) else { throw machine.heap.state.pointee.overLimit }
        defer { self.spare = spare }
        var width = MergeSort.runLength
        while width < count {
            try machine.spend(count)
            var start = 0
            while start < count {
                let middle = min(start + width, count)
                let end = min(middle + width, count)
                try merge(start, middle, end, into: spare)
                start = end
            }
            swap(&items, &spare)
            width *= 2
        }
    }

    /// Whether the items are in order, or were in the opposite order and have been turned around.
    private mutating func isSorted() throws(StarlarkError) -> Bool {
        let count = values.count
        guard count > 1 else { return true }
        let isDescending = try isBefore(items[1], items[0])
        var index = 2
        while index < count, try isBefore(items[index], items[index - 1]) == isDescending { index += 1 }
        guard index == count else { return false }
        if isDescending {
            var turned = UnsafeMutableBufferPointer(start: items, count: count)
            turned.reverse()
        }
        return true
    }

    private static let runLength = 8

    /// Gives the keys ranks when they are of one sort.
    private mutating func setRanks() {
        guard let first = values.isEmpty ? nil : items[0].key, let ranks = SortRank(first) else { return }
        for index in values.indices {
            guard let rank = ranks.rank(items[index].key) else {
                for place in 0..<index { items[place].rank = 0 }
                return
            }
            items[index].rank = rank
        }
        ranksAreWhole = ranks.isWhole
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

    private mutating func merge(
        _ start: Int, _ middle: Int, _ end: Int, into spare: UnsafeMutablePointer<Item>
    ) throws(StarlarkError) {
        var left = start
        var right = middle
        let isInOrder = middle == end ? true : try !isBefore(items[middle], items[middle - 1])
        if isInOrder {
            (spare + start).update(from: items + start, count: end - start)
            return
        }
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
        return ranksAreWhole ? false : try isBeforeSlowly(first.key, second.key)
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
