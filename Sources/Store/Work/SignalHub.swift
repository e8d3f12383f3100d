import Synchronization

/// Hands each signal to every consumer that still exists.
final class SignalHub: Sendable {
    private struct Consumer {
        weak var buffer: SignalBuffer?
    }

    private let consumers = Mutex<[Consumer]>([])

    func subscribe() -> SignalBuffer {
        let buffer = SignalBuffer()
        consumers.withLock { consumers in
            consumers.removeAll { $0.buffer == nil }
            consumers.append(Consumer(buffer: buffer))
        }
        return buffer
    }

    func publish(_ signal: StoreSignal) {
        let buffers = consumers.withLock { $0.compactMap(\.buffer) }
        for buffer in buffers { buffer.add(signal) }
    }
}
