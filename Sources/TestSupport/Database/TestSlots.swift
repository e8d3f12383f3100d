/// Bounds how many tests of this process hold something at once; the others wait in turn.
actor TestSlots {
    /// Schemas: each holds a handful of connections, and the server has a few hundred.
    static let schemas = TestSlots(count: 24)

    private var free: Int
    private var waiters: [CheckedContinuation<Void, Never>] = []

    init(count: Int) {
        free = count
    }

    func take() async {
        if free > 0 {
            free -= 1
            return
        }
        await withCheckedContinuation { waiters.append($0) }
    }

    func release() {
        if waiters.isEmpty {
            free += 1
        } else {
            waiters.removeFirst().resume()
        }
    }
}
