import Synchronization

/// The first word of every heap object.
struct ObjectHeader {
    let kind: Kind

    /// Meaning depends on the kind.
    var flags: UInt8

    /// Meaning depends on the kind.
    var extra: UInt16

    /// The cached hash of strings, bytes and tuples; 0 while not computed.
    ///
    /// Frozen objects are shared by threads, so it is read and written only by `loadHash` and `storeHash`.
    private var hash: UInt32

    @inline(__always)
    init(_ kind: Kind, flags: UInt8 = 0, extra: UInt16 = 0, hash: UInt32 = 0) {
        self.kind = kind
        self.flags = flags
        self.extra = extra
        self.hash = hash
    }

    @inline(__always)
    static func hashCell(_ header: UnsafeMutablePointer<ObjectHeader>) -> UnsafeMutablePointer<Atomic<UInt32>> {
        (UnsafeMutableRawPointer(header) + 4).assumingMemoryBound(to: Atomic<UInt32>.self)
    }

    @inline(__always)
    static func loadHash(_ header: UnsafeMutablePointer<ObjectHeader>) -> UInt32 {
        hashCell(header).pointee.load(ordering: .relaxed)
    }

    @inline(__always)
    static func storeHash(_ header: UnsafeMutablePointer<ObjectHeader>, _ hash: UInt32) {
        hashCell(header).pointee.store(hash, ordering: .relaxed)
    }
}
