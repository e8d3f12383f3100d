import CLibGit2

/// The bytes of a tree object, read entry by entry without copying.
///
/// Each entry is its mode in octal, a space, its name, a zero byte, and 20 bytes of id.
/// Upstream: https://git-scm.com/book/en/v2/Git-Internals-Git-Objects
struct RawTree {
    /// One entry; `name` points into the object and must not outlive it.
    struct Row {
        let mode: UInt32
        let name: UnsafeRawBufferPointer
        let id: RawID

        var isDirectory: Bool { mode & 0o170000 == 0o040000 }

        /// The name, with bytes that are not UTF-8 replaced.
        var text: String { String(decoding: name, as: UTF8.self) }
    }

    /// A tree without entries.
    static var empty: RawTree { RawTree(UnsafeRawBufferPointer(start: nil, count: 0), id: RawID(git_oid())) }

    private let bytes: UnsafeRawBufferPointer
    private var position = 0
    private let id: RawID

    /// Begins at the first entry.
    init(_ bytes: UnsafeRawBufferPointer, id: RawID) {
        self.bytes = bytes
        self.id = id
    }

    /// The next entry, or nil at the end.
    ///
    /// - Throws: `corrupted` for bytes that are no tree, `unsafePath` for a name that could lead out of it.
    mutating func next() throws(GitError) -> Row? {
        guard position < bytes.count else { return nil }
        var mode: UInt32 = 0
        while position < bytes.count, bytes[position] != UInt8(ascii: " ") {
            let digit = bytes[position] &- UInt8(ascii: "0")
            guard digit < 8, mode < 1 << 24 else { throw damaged() }
            mode = mode << 3 | UInt32(digit)
            position += 1
        }
        position += 1
        let begin = position
        while position < bytes.count, bytes[position] != 0 { position += 1 }
        guard position + 20 < bytes.count || position + 21 == bytes.count else { throw damaged() }
        let name = UnsafeRawBufferPointer(rebasing: bytes[begin..<position])
        guard let base = bytes.baseAddress, Self.isName(name) else {
            throw GitError(
                .unsafePath, operation: "read tree", subject: id.hex,
                cause: "it holds the name '\(String(decoding: name, as: UTF8.self))'")
        }
        let row = Row(mode: mode, name: name, id: RawID(base + position + 1))
        position += 21
        return row
    }

    /// Whether the bytes are one name: not empty, not `.` or `..`, and without a slash.
    private static func isName(_ name: UnsafeRawBufferPointer) -> Bool {
        let dot = UInt8(ascii: ".")
        switch name.count {
        case 0: return false
        case 1 where name[0] == dot: return false
        case 2 where name[0] == dot && name[1] == dot: return false
        default: return !name.contains(UInt8(ascii: "/"))
        }
    }

    private func damaged() -> GitError {
        GitError(.corrupted, operation: "read tree", subject: id.hex, cause: "its bytes are not a tree")
    }
}
