import Glibc
import Starlark

/// The signal of each thread's present call.
///
/// `@unchecked Sendable`: the signals are reached only while the lock is held, which is one that the sanitizer
/// understands.
final class SignalTable: @unchecked Sendable {
    static let count = 8
    private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private var signals: [Cancellation?] = Array(repeating: nil, count: count)

    init() { pthread_mutex_init(lock, nil) }

    deinit {
        pthread_mutex_destroy(lock)
        lock.deallocate()
    }

    func set(_ signal: Cancellation, _ thread: Int) {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        signals[thread] = signal
    }

    func cancel(_ thread: Int) {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        signals[thread]?.cancel()
    }
}
