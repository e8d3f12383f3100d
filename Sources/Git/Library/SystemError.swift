import Glibc

/// The C library's words for an error number.
enum SystemError {
    /// The message of one value of `errno`, such as "No space left on device".
    static func message(_ number: Int32) -> String {
        var buffer = [CChar](repeating: 0, count: 256)
        return buffer.withUnsafeMutableBufferPointer { space in
            guard let base = space.baseAddress, strerror_r(number, base, space.count) == 0 else {
                return "error \(number)"
            }
            return String(cString: base)
        }
    }
}
