import Glibc

/// What the file system says about a file; two equal stamps mean that nobody wrote to it in between.
///
/// The time of status change and the inode are part of it, because those cannot be set back, as the time of
/// modification can.
struct FileStamp: Hashable {
    let byteCount: Int64
    let modifiedNanoseconds: Int64
    let changedNanoseconds: Int64
    let inode: UInt64
    let mode: UInt32

    /// A stamp that no file has: the content must be compared.
    static let untrusted = FileStamp(
        byteCount: -1, modifiedNanoseconds: 0, changedNanoseconds: 0, inode: 0, mode: 0)

    init(byteCount: Int64, modifiedNanoseconds: Int64, changedNanoseconds: Int64, inode: UInt64, mode: UInt32) {
        self.byteCount = byteCount
        self.modifiedNanoseconds = modifiedNanoseconds
        self.changedNanoseconds = changedNanoseconds
        self.inode = inode
        self.mode = mode
    }

    init(_ status: stat) {
        self.init(
            byteCount: Int64(status.st_size),
            modifiedNanoseconds: Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec),
            changedNanoseconds: Int64(status.st_ctim.tv_sec) * 1_000_000_000 + Int64(status.st_ctim.tv_nsec),
            inode: UInt64(status.st_ino), mode: status.st_mode)
    }

    var isRegular: Bool { mode & S_IFMT == S_IFREG }
    var isSymlink: Bool { mode & S_IFMT == S_IFLNK }
    var isDirectory: Bool { mode & S_IFMT == S_IFDIR }
    var isExecutable: Bool { mode & 0o100 != 0 }
}
