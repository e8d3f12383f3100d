#if STARLARK_PTHREAD_LOCKS
    import Glibc

    /// Stands in for `Synchronization.Mutex` under the thread sanitizer, which understands only the locks of pthread:
    /// see hack/fuzz.
    ///
    /// `@unchecked Sendable`: the value is reached only while the lock is held.
    final class Mutex<Value>: @unchecked Sendable {
        private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
        private var value: Value

        init(_ value: sending Value) {
            self.value = value
            pthread_mutex_init(lock, nil)
        }

        deinit {
            pthread_mutex_destroy(lock)
            lock.deallocate()
        }

        func withLock<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
            pthread_mutex_lock(lock)
            defer { pthread_mutex_unlock(lock) }
            return try body(&value)
        }
    }
#endif
