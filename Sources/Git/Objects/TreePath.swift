/// Checks of paths inside a tree.
enum TreePath {
    /// Splits a path into its names.
    ///
    /// - Throws: `invalidName` if the path is absolute or holds an empty, `.` or `..` name or a zero byte.
    static func names(_ path: String, _ operation: String) throws(GitError) -> [Substring] {
        guard !path.isEmpty else { return [] }
        let names = path.split(separator: "/", omittingEmptySubsequences: false)
        let isClean = names.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." && !$0.utf8.contains(0) }
        guard isClean else {
            throw GitError(
                .invalidName, operation: operation, subject: "'\(path)'",
                cause: "it is not a path inside the repository",
                hint: "paths have single slashes and no '.' or '..'")
        }
        return names
    }

    /// Whether a name may be written to a work tree: not `.git` in any spelling that a file system folds to it.
    static func isWritable(_ name: some Collection<UInt8>) -> Bool {
        let text = String(decoding: name, as: UTF8.self).lowercased()
        return text != ".git" && text != "git~1" && !name.contains(0)
    }
}
