import CLibGit2
import Foundation
import Model

/// What the last checkout wrote to a directory, in git's order of paths, kept in a file beside the directory.
///
/// It only saves reading files again: a missing or damaged one is as good as none.
struct Manifest {
    /// One file that was written.
    struct Entry {
        let path: [UInt8]
        let id: RawID
        /// Stands for the `.gitattributes` files by which it was converted; 0 for none.
        let attributes: UInt64
        let stamp: FileStamp
    }

    /// In git's order of paths.
    var entries: [Entry] = []

    private static let magic = Array("ocuroot worktree 1\n".utf8)
    private static let fixedByteCount = 4 + 20 + 8 + 8 + 8 + 8 + 8 + 4
    private static let pathBytesMax = 1 << 16

    init() {}

    /// Reads a manifest file; empty if there is none or if its checksum is wrong.
    init(file: String) {
        guard let data = try? Data(contentsOf: URL(fileURLWithPath: file), options: .mappedIfSafe),
            data.count >= Self.magic.count + 20
        else { return }
        data.withUnsafeBytes { bytes in
            let body = UnsafeRawBufferPointer(rebasing: bytes.dropLast(20))
            guard body.starts(with: Self.magic), let start = body.baseAddress,
                Self.checksum(body) == RawID(start + body.count)
            else { return }
            entries = Self.decode(UnsafeRawBufferPointer(rebasing: body.dropFirst(Self.magic.count))) ?? []
        }
    }

    /// Replaces the manifest file by one rename.
    func write(to file: String) throws(GitError) {
        var bytes = Self.magic
        bytes.reserveCapacity(entries.count * (Self.fixedByteCount + 64))
        for entry in entries { Self.encode(entry, into: &bytes) }
        let sum = bytes.withUnsafeBytes { Self.checksum($0) }
        withUnsafeBytes(of: sum.library) { bytes.append(contentsOf: $0) }
        do {
            try Data(bytes).write(to: URL(fileURLWithPath: file), options: .atomic)
        } catch {
            throw GitError(
                .fileSystem, operation: "write", subject: file, cause: (error as NSError).localizedDescription)
        }
    }

    private static func encode(_ entry: Entry, into bytes: inout [UInt8]) {
        func put(_ value: some FixedWidthInteger) {
            withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
        }
        put(UInt32(entry.path.count))
        withUnsafeBytes(of: entry.id.library) { bytes.append(contentsOf: $0) }
        put(entry.attributes)
        put(entry.stamp.byteCount)
        put(entry.stamp.modifiedNanoseconds)
        put(entry.stamp.changedNanoseconds)
        put(entry.stamp.inode)
        put(entry.stamp.mode)
        bytes.append(contentsOf: entry.path)
    }

    private static func decode(_ bytes: UnsafeRawBufferPointer) -> [Entry]? {
        var entries: [Entry] = []
        var position = 0
        func take<Value: FixedWidthInteger>(_ type: Value.Type) -> Value {
            defer { position += MemoryLayout<Value>.size }
            return Value(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: type))
        }
        while position < bytes.count {
            guard bytes.count - position >= fixedByteCount, let base = bytes.baseAddress else { return nil }
            let pathByteCount = Int(take(UInt32.self))
            let id = RawID(base + position)
            position += 20
            let attributes = take(UInt64.self)
            let stamp = FileStamp(
                byteCount: take(Int64.self), modifiedNanoseconds: take(Int64.self),
                changedNanoseconds: take(Int64.self), inode: take(UInt64.self), mode: take(UInt32.self))
            guard pathByteCount <= pathBytesMax, bytes.count - position >= pathByteCount else { return nil }
            let path = Array(bytes[position..<position + pathByteCount])
            position += pathByteCount
            entries.append(Entry(path: path, id: id, attributes: attributes, stamp: stamp))
        }
        return entries
    }

    private static func checksum(_ bytes: UnsafeRawBufferPointer) -> RawID {
        var id = git_oid()
        _ = git_odb_hash(&id, bytes.baseAddress, bytes.count, GIT_OBJECT_BLOB)
        return RawID(id)
    }
}
