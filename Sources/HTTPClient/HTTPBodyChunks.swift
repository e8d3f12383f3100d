/// A response body as it arrives, in pieces of at most ``HTTPBodyChunks/bufferBytesMax`` or a little more.
///
/// The body can be read once, by one task at a time. While nobody reads, at most that much is kept and the server
/// is held back by TCP itself. Cancelling the reading task ends it with the error `cancelled`.
public struct HTTPBodyChunks: AsyncSequence, Sendable {
    /// How much is buffered before the transfer is paused.
    public static let bufferBytesMax = 256 << 10

    /// A piece of the body, never empty.
    public typealias Element = [UInt8]
    /// What ends a body early.
    public typealias Failure = HTTPError

    let owner: TransferOwner

    /// Continues where the last reader stopped.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(owner: owner) }

    /// Reads the body piece by piece.
    public struct AsyncIterator: AsyncIteratorProtocol {
        let owner: TransferOwner

        /// The next piece, or nil at the end of the body.
        public mutating func next() async throws(HTTPError) -> [UInt8]? {
            try await owner.transfer.nextBytes()
        }

        /// The next piece, or nil at the end of the body.
        public mutating func next(isolation actor: isolated (any Actor)?) async throws(HTTPError) -> [UInt8]? {
            try await owner.transfer.nextBytes()
        }
    }
}
