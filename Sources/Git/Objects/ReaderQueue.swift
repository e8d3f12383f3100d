/// Hands out the numbers of free readers, in the order in which they were asked for.
actor ReaderQueue {
    private var free: [Int]
    private var waiting: [CheckedContinuation<Int, Never>] = []

    init(count: Int) {
        free = Array((0..<count).reversed())
    }

    /// The number of a reader that nobody else has, as soon as there is one.
    func take() async -> Int {
        if let position = free.popLast() { return position }
        return await withCheckedContinuation { waiting.append($0) }
    }

    /// Gives a number back.
    func give(_ position: Int) {
        if waiting.isEmpty {
            free.append(position)
        } else {
            waiting.removeFirst().resume(returning: position)
        }
    }
}
