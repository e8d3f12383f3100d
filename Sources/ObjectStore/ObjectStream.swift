import HTTPClient

/// An object's content in pieces; dropping it stops the reading.
///
/// It can be read once, by one task at a time. Pieces are read only as fast as they are taken.
public struct ObjectStream: AsyncSequence, Sendable {
    /// A piece of the content, never empty.
    public typealias Element = [UInt8]
    /// What ends the content early.
    public typealias Failure = ObjectStoreError

    enum Source: Sendable {
        case file(OpenFile, FileLane)
        case response(HTTPBodyChunks)
    }

    /// The object that is read.
    public let summary: ObjectSummary
    let source: Source

    /// Starts reading.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(key: summary.key, source: source) }

    /// Reads the content piece by piece.
    public struct AsyncIterator: AsyncIteratorProtocol {
        private static let pieceBytes = 256 << 10

        let key: ObjectKey
        let source: Source
        private var offset = 0

        init(key: ObjectKey, source: Source) {
            self.key = key
            self.source = source
        }

        /// The next piece, or nil at the end.
        public mutating func next() async throws(ObjectStoreError) -> [UInt8]? {
            try await next(isolation: nil)
        }

        /// The next piece, or nil at the end.
        public mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(ObjectStoreError) -> [UInt8]? {
            switch source {
            case .file(let file, let lane):
                let start = offset
                let piece = try await lane.run { () throws(ObjectStoreError) in
                    try file.read(start..<start + Self.pieceBytes)
                }
                offset += piece.count
                return piece.isEmpty ? nil : piece
            case .response(let chunks):
                do throws(HTTPError) {
                    var iterator = chunks.makeAsyncIterator()
                    return try await iterator.next(isolation: actor)
                } catch {
                    throw ObjectStoreError(error, operation: "read object", key)
                }
            }
        }
    }
}
