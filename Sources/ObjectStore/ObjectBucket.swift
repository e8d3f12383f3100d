/// A place for what is too large for the database: logs, patches, artifacts.
///
/// Two implementations, ``S3Bucket`` and ``DirectoryBucket``, pass one conformance suite. Every operation may be run
/// again: a repeated put or delete changes nothing more. A reader sees an object whole as one put left it, or not at
/// all. Once a put has returned, its object survives a crash as far as the store below it keeps its word.
public protocol ObjectBucket: Sendable {
    /// Stores `content` under `key`, replacing what is there unless `ifAbsent`.
    ///
    /// - Throws: `tooLarge` above ``ObjectLimits/objectBytesMax``, `outOfSpace`, `conflict` and what every operation
    ///   throws: `accessDenied`, `unavailable`, `cancelled`, `invalidResponse`, `ioFailure`.
    func put(_ key: ObjectKey, _ content: ObjectContent, ifAbsent: Bool) async throws(ObjectStoreError) -> PutResult

    /// Reads an object, or the part of it that lies within `range`, which may reach beyond its end.
    ///
    /// - Parameter bytesMax: how much is read at most; more is the error `tooLarge`.
    /// - Throws: `notFound` when there is no such object.
    func get(_ key: ObjectKey, range: Range<Int>?, bytesMax: Int) async throws(ObjectStoreError) -> [UInt8]

    /// Reads an object piece by piece, so that its size does not matter.
    ///
    /// - Throws: `notFound` when there is no such object.
    func stream(_ key: ObjectKey) async throws(ObjectStoreError) -> ObjectStream

    /// The object's size, or nil when there is no such object.
    func head(_ key: ObjectKey) async throws(ObjectStoreError) -> ObjectSummary?

    /// One page of the objects whose keys begin with `prefix`, in the store's order.
    ///
    /// An object that is stored or deleted while the pages are read may or may not be among them.
    ///
    /// - Parameters:
    ///   - prefix: may end within a segment; empty lists everything.
    ///   - after: the former page's `next`; nil for the first page.
    ///   - limit: the most objects on the page, 1 to ``ObjectLimits/pageCountMax``; others are brought into that range.
    func list(
        prefix: String, after: ObjectCursor?, limit: Int
    ) async throws(ObjectStoreError) -> ObjectPage

    /// Removes the object, if there is one.
    func delete(_ key: ObjectKey) async throws(ObjectStoreError)
}

extension ObjectBucket {
    /// Stores `content` under `key`, replacing what is there.
    @discardableResult
    public func put(_ key: ObjectKey, _ content: ObjectContent) async throws(ObjectStoreError) -> PutResult {
        try await put(key, content, ifAbsent: false)
    }

    /// Reads a whole object.
    public func get(_ key: ObjectKey) async throws(ObjectStoreError) -> [UInt8] {
        try await get(key, range: nil, bytesMax: ObjectLimits.objectBytesMax)
    }

    /// Reads the part of an object that lies within `range`.
    public func get(_ key: ObjectKey, range: Range<Int>) async throws(ObjectStoreError) -> [UInt8] {
        try await get(key, range: range, bytesMax: ObjectLimits.objectBytesMax)
    }

    /// One page of the objects whose keys begin with `prefix`, as long as a page may be.
    public func list(prefix: String, after: ObjectCursor? = nil) async throws(ObjectStoreError) -> ObjectPage {
        try await list(prefix: prefix, after: after, limit: ObjectLimits.pageCountMax)
    }
}
