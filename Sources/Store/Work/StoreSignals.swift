/// Hints of what was committed, for one consumer; never throws, ends when the consuming task is cancelled.
///
/// A consumer that is slow loses nothing that matters: signals of one kind become one.
public struct StoreSignals: AsyncSequence, Sendable {
    let buffer: SignalBuffer

    /// Starts to iterate; iterate one sequence in one place only.
    public func makeAsyncIterator() -> Iterator {
        Iterator(buffer: buffer, bells: buffer.bells.makeAsyncIterator())
    }

    /// Takes the signals that wait.
    public struct Iterator: AsyncIteratorProtocol {
        let buffer: SignalBuffer
        var bells: AsyncStream<Void>.Iterator

        /// The next signal; nil when the task is cancelled.
        public mutating func next() async -> StoreSignal? {
            while !Task.isCancelled {
                if let signal = buffer.take() { return signal }
                guard await bells.next() != nil else { return nil }
            }
            return nil
        }
    }
}
