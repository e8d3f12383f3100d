import Model
import ObjectStore

/// The log of a Run in the object store: pieces under the offsets at which they begin.
struct RunLog: Sendable {
    /// The longest piece a runner may send, in bytes.
    static let pieceBytesMax = 256 << 10
    /// How many pieces of one log are listed at most.
    private static let piecesMax = 100_000

    let bucket: any ObjectBucket

    /// Keeps a piece; the same piece kept twice changes nothing.
    func append(_ bytes: [UInt8], at offset: Int64, to run: RunID) async throws(ObjectStoreError) {
        try await bucket.put(Self.key(run, offset), .bytes(bytes))
    }

    /// The offsets at which pieces of the log begin, ascending, from `position` on.
    func offsets(of run: RunID, from position: Int64) async throws(ObjectStoreError) -> [Int64] {
        let prefix = Self.prefix(run)
        var offsets: [Int64] = []
        var cursor: ObjectCursor?
        repeat {
            let page = try await bucket.list(prefix: prefix, after: cursor)
            offsets += page.objects.compactMap { Int64($0.key.text.dropFirst(prefix.count)) }
            cursor = page.next
        } while cursor != nil && offsets.count < Self.piecesMax
        return offsets.filter { $0 >= position }.sorted()
    }

    /// The piece that begins at an offset.
    func piece(of run: RunID, at offset: Int64) async throws(ObjectStoreError) -> [UInt8] {
        try await bucket.get(Self.key(run, offset))
    }

    private static func prefix(_ run: RunID) -> String { "runs/\(run)/log/" }

    /// The offset has 20 digits, so that the order of keys is that of offsets.
    private static func key(_ run: RunID, _ offset: Int64) throws(ObjectStoreError) -> ObjectKey {
        let digits = String(offset)
        return try ObjectKey(prefix(run) + String(repeating: "0", count: max(0, 20 - digits.count)) + digits)
    }
}
