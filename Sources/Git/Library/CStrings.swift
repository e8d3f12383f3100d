import CLibGit2
import Glibc

/// Lends Swift strings to libgit2 as its array of C strings.
enum CStrings {
    /// Calls `body` with an array that is valid only meanwhile.
    static func with<Value>(_ strings: [String], _ body: (git_strarray) -> Value) -> Value {
        var pointers = strings.map { strdup($0) }
        defer { for pointer in pointers { free(pointer) } }
        return pointers.withUnsafeMutableBufferPointer { buffer in
            body(git_strarray(strings: buffer.baseAddress, count: buffer.count))
        }
    }
}
