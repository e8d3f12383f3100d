import CLibGit2
import Glibc
import Model

/// Writes blobs as files and symlinks that were not there before.
struct BlobWriter {
    let objects: Objects
    /// The conversions that apply here; nil if none can.
    let filters: WorktreeFilters?
    let bytesMax: Int

    /// Writes one blob under a name that is free, and returns the new file's stamp.
    func write(
        _ id: RawID, _ kind: TreeEntry.Kind, path: [UInt8], as name: UnsafePointer<CChar>,
        in directory: borrowing DirectoryHandle
    ) throws(GitError) -> FileStamp {
        try objects.checkSize(of: id, bytesMax: bytesMax, subject: String(decoding: path, as: UTF8.self))
        if kind == .symlink { return try writeSymlink(id, as: name, in: directory) }
        let converted = try filters?.converted(id, path: path)
        let mode: mode_t = kind == .executable ? 0o755 : 0o644
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        var descriptor = openat(directory.descriptor, name, flags, mode)
        if descriptor < 0, errno == EACCES, directory.makeWritable() {
            descriptor = openat(directory.descriptor, name, flags, mode)
        }
        guard descriptor >= 0 else { throw directory.failure("write", name) }
        defer { close(descriptor) }
        if let converted {
            let isWritten = converted.withUnsafeBytes { Self.writeAll($0, to: descriptor) }
            guard isWritten else { throw directory.failure("write", name) }
        } else {
            let isWritten = try objects.withObject(id, type: GIT_OBJECT_BLOB, "read blob") {
                Self.writeAll($0, to: descriptor)
            }
            guard isWritten else { throw directory.failure("write", name) }
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw directory.failure("write", name) }
        return FileStamp(status)
    }

    private func writeSymlink(
        _ id: RawID, as name: UnsafePointer<CChar>, in directory: borrowing DirectoryHandle
    ) throws(GitError) -> FileStamp {
        let target = try objects.withObject(id, type: GIT_OBJECT_BLOB, "read symlink") { Array($0) }
        guard !target.isEmpty, !target.contains(0), target.count < Int(PATH_MAX) else {
            throw GitError(
                .unsafePath, operation: "check out", subject: directory.path + "/" + String(cString: name),
                cause: "it is a symlink without a possible target")
        }
        let code = (target + [0]).withUnsafeBufferPointer { bytes in
            bytes.withMemoryRebound(to: CChar.self) { text in
                text.baseAddress.map { symlinkat($0, directory.descriptor, name) } ?? -1
            }
        }
        guard code == 0, let stamp = try directory.stamp(of: name) else { throw directory.failure("write", name) }
        return stamp
    }

    /// Whether all bytes were written; `errno` says why not.
    private static func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            if count < 0 {
                guard errno == EINTR else { return false }
                continue
            }
            rest = rest.dropFirst(count)
        }
        return true
    }
}
