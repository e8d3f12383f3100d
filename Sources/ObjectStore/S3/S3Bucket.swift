import Cryptography
import HTTPClient

/// A bucket on an S3 server, spoken to through libcurl's AWS signatures.
///
/// Server errors, throttling and broken connections are retried with growing pauses. So a put with `ifAbsent` whose
/// first answer was lost may find its own object and say `alreadyThere`. `ifAbsent` needs a server that honours
/// `If-None-Match: *` on PUT, as Amazon and SeaweedFS do.
public struct S3Bucket: ObjectBucket {
    let address: S3Address
    let credentials: S3Credentials
    let session: HTTPSession
    let retries: RetryPolicy
    private let lane = FileLane()

    /// Makes a bucket; nothing is sent yet.
    public init(
        _ address: S3Address, credentials: S3Credentials, session: HTTPSession, retries: RetryPolicy = RetryPolicy()
    ) {
        self.address = address
        self.credentials = credentials
        self.session = session
        self.retries = retries
    }

    /// Stores an object; see the protocol.
    public func put(
        _ key: ObjectKey, _ content: ObjectContent, ifAbsent: Bool
    ) async throws(ObjectStoreError) -> PutResult {
        var call = S3Call(.put, operation: "store object", key: key)
        call.body = try await body(of: content, key)
        if ifAbsent { call.headers["If-None-Match"] = "*" }
        let response = try await send(call)
        switch response.status {
        case 200...299: return .stored
        case 412 where ifAbsent: return .alreadyThere
        default: throw failure(of: call, response)
        }
    }

    /// Reads an object or a part of it; see the protocol.
    public func get(_ key: ObjectKey, range: Range<Int>?, bytesMax: Int) async throws(ObjectStoreError) -> [UInt8] {
        var call = S3Call(.get, operation: "read object", key: key)
        call.bodyBytesMax = bytesMax
        let range = range?.clamped(to: 0..<Int.max)
        if let range {
            guard !range.isEmpty else {
                guard try await head(key) != nil else { throw .notFound(key) }
                return []
            }
            call.headers["Range"] = "bytes=\(range.lowerBound)-\(range.upperBound - 1)"
        }
        let response = try await send(call)
        switch response.status {
        case 206: return response.body
        case 200...299:
            return range.map { Array(response.body.dropFirst($0.lowerBound).prefix($0.count)) } ?? response.body
        case 416: return []
        default: throw failure(of: call, response)
        }
    }

    /// Reads an object piece by piece; see the protocol.
    ///
    /// A connection that breaks midway is not taken up again.
    public func stream(_ key: ObjectKey) async throws(ObjectStoreError) -> ObjectStream {
        try await open(S3Call(.get, operation: "read object", key: key), key)
    }

    /// The object's size; see the protocol.
    ///
    /// A missing bucket cannot be told from a missing object here.
    public func head(_ key: ObjectKey) async throws(ObjectStoreError) -> ObjectSummary? {
        let call = S3Call(.head, operation: "look up object", key: key)
        let response = try await send(call)
        if response.status == 404 { return nil }
        guard response.isSuccess else { throw failure(of: call, response) }
        guard let count = response.headers["Content-Length"].flatMap({ Int($0) }) else {
            throw ObjectStoreError(
                .invalidResponse, operation: call.operation, subject: key.text, cause: "no Content-Length came")
        }
        return ObjectSummary(key: key, byteCount: count)
    }

    /// One page of a listing; see the protocol.
    ///
    /// Objects whose names are no ``ObjectKey`` are left out.
    public func list(
        prefix: String, after: ObjectCursor?, limit: Int
    ) async throws(ObjectStoreError) -> ObjectPage {
        try ObjectPrefix.check(prefix)
        let limit = min(max(limit, 1), ObjectLimits.pageCountMax)
        let ownPrefix = address.prefix.isEmpty ? "" : address.prefix + "/"
        var call = S3Call(.get, operation: "list objects below", subject: prefix.isEmpty ? address.bucket : prefix)
        call.query = [("list-type", "2"), ("max-keys", "\(limit)"), ("prefix", ownPrefix + prefix)]
        if let after { call.query.append(("continuation-token", after.text)) }
        let response = try await send(call)
        guard response.isSuccess else { throw failure(of: call, response) }
        guard let page = S3Listing.page(in: response.body, ownPrefix: ownPrefix) else {
            throw ObjectStoreError(
                .invalidResponse, operation: call.operation, subject: call.subject, cause: "the listing cannot be read")
        }
        return page
    }

    /// Removes the object; see the protocol.
    public func delete(_ key: ObjectKey) async throws(ObjectStoreError) {
        let call = S3Call(.delete, operation: "delete object", key: key)
        let response = try await send(call)
        guard response.isSuccess || response.status == 404 else { throw failure(of: call, response) }
    }

    /// The body to send and its digest, which the signature covers.
    ///
    /// A file is read here once and once more when sent.
    private func body(of content: ObjectContent, _ key: ObjectKey) async throws(ObjectStoreError) -> S3Body {
        try await lane.run { () throws(ObjectStoreError) in try S3Body(content, key) }
    }
}
