/// Objects as files below one directory, for `ocuroot up` and for tests.
///
/// Only this process may write there; it belongs on a local file system. A put is on disk when it returns.
public final class DirectoryBucket: ObjectBucket {
    private static let laneCount = 4

    private let directory: ObjectDirectory
    private let lanes: [FileLane]

    /// Opens the directory, which is created if it does not exist.
    ///
    /// Blocks shortly.
    ///
    /// - Throws: `invalidAddress` when the path is no directory, `accessDenied`, `outOfSpace`.
    public init(path: String) throws(ObjectStoreError) {
        directory = try ObjectDirectory(root: path)
        lanes = (0..<Self.laneCount).map { _ in FileLane() }
    }

    /// Stores an object; see the protocol.
    public func put(
        _ key: ObjectKey, _ content: ObjectContent, ifAbsent: Bool
    ) async throws(ObjectStoreError) -> PutResult {
        let directory = directory
        return try await run("store object", key) { () throws(ObjectStoreError) in
            try directory.put(key, content, ifAbsent: ifAbsent)
        }
    }

    /// Reads an object or a part of it; see the protocol.
    public func get(_ key: ObjectKey, range: Range<Int>?, bytesMax: Int) async throws(ObjectStoreError) -> [UInt8] {
        let directory = directory
        return try await run("read object", key) { () throws(ObjectStoreError) in
            try directory.get(key, range: range, bytesMax: bytesMax)
        }
    }

    /// Reads an object piece by piece; see the protocol.
    ///
    /// A put during the reading does not change what is read.
    public func stream(_ key: ObjectKey) async throws(ObjectStoreError) -> ObjectStream {
        let directory = directory
        let file = try await run("read object", key) { () throws(ObjectStoreError) in try directory.open(key) }
        return ObjectStream(
            summary: ObjectSummary(key: key, byteCount: file.byteCount), source: .file(file, lane(for: key)))
    }

    /// The object's size; see the protocol.
    public func head(_ key: ObjectKey) async throws(ObjectStoreError) -> ObjectSummary? {
        let directory = directory
        return try await run("look up object", key) { () throws(ObjectStoreError) in try directory.head(key) }
    }

    /// One page of a listing, in the order of the keys' bytes; see the protocol.
    public func list(
        prefix: String, after: ObjectCursor?, limit: Int
    ) async throws(ObjectStoreError) -> ObjectPage {
        try ObjectPrefix.check(prefix)
        let directory = directory
        let limit = min(max(limit, 1), ObjectLimits.pageCountMax)
        return try await lanes[0].run { () throws(ObjectStoreError) in
            try directory.list(prefix: prefix, after: after?.text, limit: limit)
        }
    }

    /// Removes the object; see the protocol.
    public func delete(_ key: ObjectKey) async throws(ObjectStoreError) {
        let directory = directory
        try await run("delete object", key) { () throws(ObjectStoreError) in try directory.delete(key) }
    }

    private func run<Value: Sendable>(
        _ operation: String, _ key: ObjectKey, _ body: @Sendable () throws(ObjectStoreError) -> Value
    ) async throws(ObjectStoreError) -> Value {
        if Task.isCancelled {
            throw ObjectStoreError(.cancelled, operation: operation, subject: key.text, cause: "cancelled")
        }
        return try await lane(for: key).run(body)
    }

    /// The lane of a key: what concerns one key happens in order.
    private func lane(for key: ObjectKey) -> FileLane {
        lanes[Int(UInt(bitPattern: key.hashValue) % UInt(Self.laneCount))]
    }
}
