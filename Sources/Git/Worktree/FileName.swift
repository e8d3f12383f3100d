import Glibc

/// One name in a directory, byte for byte.
struct FileName: Hashable {
    /// The bytes, with the zero that ends them.
    private let bytes: [CChar]

    init(_ name: UnsafePointer<CChar>) {
        bytes = Array(UnsafeBufferPointer(start: name, count: strlen(name) + 1))
    }

    /// Whether it is `.` or `..`.
    var isDot: Bool {
        let dot = CChar(bitPattern: UInt8(ascii: "."))
        return bytes == [dot, 0] || bytes == [dot, dot, 0]
    }

    /// Lends the name to C.
    func withCString<Value>(
        _ body: (UnsafePointer<CChar>) throws(GitError) -> Value
    ) throws(GitError) -> Value {
        let result: Result<Value, GitError> = bytes.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else {
                preconditionFailure("a name has at least its ending zero")
            }
            do throws(GitError) {
                return .success(try body(base))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }
}
