import CLibPQ

/// The bound values of one statement in the shape that libpq takes them.
struct SQLParameters {
    private static let countMax = 65_535

    let types: [Oid]
    private let lengths: [Int32]
    private let formats: [Int32]
    /// All values in one piece, and where each starts; `nil` is NULL.
    private let bytes: [UInt8]
    private let offsets: [Int?]

    init(_ binds: [SQLBind], query: String, at site: CallSite) throws(PostgresError) {
        guard binds.count <= Self.countMax else {
            let message = "\(binds.count) values are bound; bind arrays, at most \(Self.countMax) values are accepted"
            throw PostgresError(.encoding, "query", message, query: query, at: site)
        }
        var bytes: [UInt8] = []
        var offsets: [Int?] = []
        var lengths: [Int32] = []
        for (index, bind) in binds.enumerated() {
            switch bind.content {
            case .bytes(nil):
                offsets.append(nil)
                lengths.append(0)
            case .bytes(let content?):
                guard let length = Int32(exactly: content.count) else {
                    throw PostgresError(.encoding, "query", "value $\(index + 1) is over 2 GiB", query: query, at: site)
                }
                offsets.append(bytes.count)
                lengths.append(length)
                bytes += content
                bytes.append(0)
            case .failed(let reason):
                throw PostgresError(.encoding, "query", "value $\(index + 1): \(reason)", query: query, at: site)
            }
        }
        types = binds.map(\.type.rawValue)
        self.bytes = bytes
        self.offsets = offsets
        self.lengths = lengths
        let binary: Int32 = 1
        formats = Array(repeating: binary, count: binds.count)
    }

    /// Sends a prepared statement; returns 0 if libpq refuses.
    func send(_ connection: OpaquePointer, prepared name: String) -> Int32 {
        withPointers { values in
            PQsendQueryPrepared(connection, name, Int32(types.count), values, lengths, formats, 1)
        }
    }

    /// Sends a statement that is not prepared; returns 0 if libpq refuses.
    func send(_ connection: OpaquePointer, text: String) -> Int32 {
        withPointers { values in
            PQsendQueryParams(connection, text, Int32(types.count), types, values, lengths, formats, 1)
        }
    }

    private func withPointers(_ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Int32) -> Int32 {
        bytes.withUnsafeBytes { buffer in
            let start = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
            let pointers = offsets.map { offset in offset.flatMap { offset in start.map { $0 + offset } } }
            return pointers.withUnsafeBufferPointer { body($0.baseAddress) }
        }
    }
}
