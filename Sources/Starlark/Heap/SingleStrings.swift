/// The empty string and the 256 one-byte strings, made once and never freed.
///
/// `@unchecked Sendable`: nothing is written after init but hash caches, which are atomic.
final class SingleStrings: @unchecked Sendable {
    static let shared = SingleStrings()

    /// One string for every byte, then the empty string.
    let strings: UnsafePointer<Value>

    private init() {
        let values = UnsafeMutablePointer<Value>.allocate(capacity: 257)
        let objects = UnsafeMutablePointer<StringObject>.allocate(capacity: 257)
        let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: 257)
        for index in 0...256 {
            bytes[index] = UInt8(truncatingIfNeeded: index)
            let flags = index < 128 || index == 256 ? StringObject.isASCII : 0
            (objects + index).initialize(
                to: StringObject(
                    header: ObjectHeader(.string, flags: flags), count: index == 256 ? 0 : 1, bytes: bytes + index))
            (values + index).initialize(to: Value(object: UnsafeMutableRawPointer(objects + index)))
        }
        strings = UnsafePointer(values)
    }
}
