import CLibGit2

/// What libgit2 says when a fixture cannot be made.
struct LibraryError: Error, CustomStringConvertible {
    let description: String

    static func check(_ code: Int32) throws {
        guard code < 0 else { return }
        let message = git_error_last()?.pointee.message.map { String(cString: $0) }
        throw LibraryError(description: "libgit2 returned \(code): \(message ?? "no message")")
    }
}
