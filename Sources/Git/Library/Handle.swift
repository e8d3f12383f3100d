import CLibGit2

/// Owns one libgit2 object and frees it exactly once; libgit2 is started before the first.
struct Handle: ~Copyable {
    /// The object, valid as long as this value lives.
    let pointer: OpaquePointer
    private let release: @convention(c) (OpaquePointer?) -> Void

    /// Takes over what `make` stores.
    ///
    /// - Parameters:
    ///   - release: the function of libgit2 that frees it.
    ///   - operation: for the error, what is being done.
    ///   - subject: for the error, on what.
    ///   - make: calls libgit2 and returns its return value.
    init(
        _ release: @escaping @convention(c) (OpaquePointer?) -> Void,
        _ operation: String,
        _ subject: @autoclosure () -> String,
        _ make: (inout OpaquePointer?) -> Int32
    ) throws(GitError) {
        try GitLibrary.start()
        var made: OpaquePointer?
        let code = make(&made)
        guard code >= 0, let made else {
            throw GitError(library: code, operation: operation, subject: subject())
        }
        pointer = made
        self.release = release
    }

    deinit {
        release(pointer)
    }
}

/// Throws what libgit2 reported unless its return value means success.
func check(_ code: Int32, _ operation: String, _ subject: @autoclosure () -> String) throws(GitError) {
    guard code >= 0 else { throw GitError(library: code, operation: operation, subject: subject()) }
}
