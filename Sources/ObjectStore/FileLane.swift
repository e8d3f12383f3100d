import Blocking

/// A thread for system calls that wait for a disk, so that they do not occupy Swift's pool.
actor FileLane {
    private let executor = BlockingExecutor(label: "object-store-files")

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Runs `body` after what was given before it.
    func run<Value: Sendable>(
        _ body: @Sendable () throws(ObjectStoreError) -> Value
    ) throws(ObjectStoreError) -> Value {
        try body()
    }
}
