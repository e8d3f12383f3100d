import CLibGit2
import Glibc
import Model

/// One walk over a tree and a directory side by side that makes the directory like the tree.
struct WorktreePass {
    private let objects: Objects
    private let filters: WorktreeFilters
    private let limits: WorktreeLimits
    private let old: Manifest
    /// The first entry of the old manifest that the walk has not passed; both are in git's order of paths.
    private var oldPosition = 0
    private var new = Manifest()
    private var bytesWritten = 0
    private(set) var report = CheckOutReport()
    /// A file that was changed this shortly before the end may be changed again without a new time of change.
    private static let clockStepNanoseconds: Int64 = 20_000_000

    init(objects: Objects, filters: WorktreeFilters, limits: WorktreeLimits, old: Manifest) {
        self.objects = objects
        self.filters = filters
        self.limits = limits
        self.old = old
    }

    /// Makes the directory like the tree.
    mutating func run(tree: RawID, directory: consuming DirectoryHandle) throws(GitError) {
        try update(directory, to: tree, Place(path: [], depth: 0, attributes: 0))
    }

    /// What was written; stamps that are too young to be trusted are left out.
    func manifest() -> Manifest {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME_COARSE, &now)
        let horizon = Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec) - Self.clockStepNanoseconds
        var manifest = new
        manifest.entries = new.entries.filter { $0.stamp.changedNanoseconds < horizon }
        return manifest
    }

    /// Where the walk is.
    private struct Place {
        let path: [UInt8]
        let depth: Int
        /// Stands for the `.gitattributes` files here and above; 0 for none.
        var attributes: UInt64

        func below(_ path: [UInt8]) -> Place {
            Place(path: path, depth: depth + 1, attributes: attributes)
        }
    }

    private mutating func update(
        _ directory: borrowing DirectoryHandle, to tree: RawID, _ place: Place
    ) throws(GitError) {
        guard place.depth < Objects.treeDepthMax else {
            throw GitError(
                .tooLarge, operation: "check out", subject: directory.path,
                cause: "directories are nested deeper than \(Objects.treeDepthMax)")
        }
        var present = try directory.names()
        if place.depth == 0 { present.remove(FileName(".ocuroot")) }
        let rows = try rows(of: tree, path: place.path, isRoot: place.depth == 0)
        for row in rows { present.remove(row.name) }
        var place = place
        if let file = rows.first(where: { $0.name == FileName(WorktreeFilters.fileName) }) {
            place.attributes = (place.attributes &* 31 &+ file.id.prefix) | 1
        }
        // Removing first makes room on a full disk.
        for name in present {
            try name.withCString { (name) throws(GitError) in try directory.remove(name) }
            report.removed += 1
        }
        for row in rows {
            guard !Task.isCancelled else {
                throw GitError(
                    .cancelled, operation: "check out", subject: directory.path, cause: "it was cancelled")
            }
            try row.name.withCString { (name) throws(GitError) in
                try put(row, name, in: directory, place)
            }
        }
    }

    /// One entry of a tree, copied so that the tree can be closed.
    private struct Row {
        let name: FileName
        let kind: TreeEntry.Kind
        let id: RawID
        let path: [UInt8]
    }

    private func rows(of tree: RawID, path: [UInt8], isRoot: Bool) throws(GitError) -> [Row] {
        var rows: [Row] = []
        let prefix = path.isEmpty ? path : path + [UInt8(ascii: "/")]
        try objects.forEachRow(of: tree) { row throws(GitError) in
            guard let kind = TreeEntry.Kind(mode: row.mode), TreePath.isWritable(row.name),
                let start = row.name.baseAddress
            else {
                throw GitError(
                    .unsafePath, operation: "check out", subject: String(decoding: prefix + row.name, as: UTF8.self),
                    cause: "a name or mode like this must not be written to disk")
            }
            // In a tree object each name ends in a zero, as in C.
            let name = FileName(start.assumingMemoryBound(to: CChar.self))
            if !(isRoot && row.name.elementsEqual(".ocuroot".utf8)) {
                rows.append(Row(name: name, kind: kind, id: row.id, path: prefix + row.name))
            }
            return true
        }
        return rows
    }

    private mutating func put(
        _ row: Row, _ name: UnsafePointer<CChar>, in directory: borrowing DirectoryHandle, _ place: Place
    ) throws(GitError) {
        let stamp = try directory.stamp(of: name)
        switch row.kind {
        case .directory, .submodule:
            if stamp?.isDirectory != true {
                if stamp != nil { try directory.remove(name) }
                try directory.makeDirectory(name)
            }
            let inner = try DirectoryHandle(name, in: directory)
            if row.kind == .directory {
                try update(inner, to: row.id, place.below(row.path))
            } else {
                try clear(inner)
            }
        case .file, .executable, .symlink:
            try putBlob(row, name, stamp, in: directory, place.attributes)
        }
    }

    private mutating func clear(_ directory: borrowing DirectoryHandle) throws(GitError) {
        for name in try directory.names() {
            try name.withCString { (name) throws(GitError) in try directory.remove(name) }
            report.removed += 1
        }
    }

    private mutating func putBlob(
        _ row: Row, _ name: UnsafePointer<CChar>, _ stamp: FileStamp?, in directory: borrowing DirectoryHandle,
        _ attributes: UInt64
    ) throws(GitError) {
        guard report.written + report.kept < limits.filesMax else {
            throw GitError(
                .tooLarge, operation: "check out", subject: directory.path,
                cause: "the tree has more than \(limits.filesMax) files")
        }
        if let stamp, try isRight(row, name, stamp, in: directory, attributes) {
            report.kept += 1
            new.entries.append(Manifest.Entry(path: row.path, id: row.id, attributes: attributes, stamp: stamp))
            return
        }
        if stamp != nil { try directory.remove(name) }
        let writer = BlobWriter(
            objects: objects, filters: attributes == 0 ? nil : filters, bytesMax: limits.fileBytesMax)
        let written = try writer.write(row.id, row.kind, path: row.path, as: name, in: directory)
        bytesWritten += Int(written.byteCount)
        guard bytesWritten <= limits.bytesMax else {
            throw GitError(
                .tooLarge, operation: "check out", subject: directory.path,
                cause: "more than \(limits.bytesMax) bytes would be written")
        }
        report.written += 1
        new.entries.append(Manifest.Entry(path: row.path, id: row.id, attributes: attributes, stamp: written))
    }

    /// Whether the file on disk is the tree's: by its stamp, or else by its content.
    private mutating func isRight(
        _ row: Row, _ name: UnsafePointer<CChar>, _ stamp: FileStamp, in directory: borrowing DirectoryHandle,
        _ attributes: UInt64
    ) throws(GitError) -> Bool {
        let known = entry(at: row.path)
        switch row.kind {
        case .symlink: guard stamp.isSymlink else { return false }
        default: guard stamp.isRegular, stamp.isExecutable == (row.kind == .executable) else { return false }
        }
        if let known, known.id == row.id, known.attributes == attributes, known.stamp == stamp { return true }
        guard attributes == 0 else { return false }
        return try BlobComparison(objects: objects).isEqual(row.id, name, stamp, in: directory)
    }

    /// The old manifest's entry of a path, moving on to it; paths are asked for in git's order.
    private mutating func entry(at path: [UInt8]) -> Manifest.Entry? {
        while oldPosition < old.entries.count {
            let entry = old.entries[oldPosition]
            if entry.path == path { return entry }
            guard Self.precedes(entry.path, path) else { return nil }
            oldPosition += 1
        }
        return nil
    }

    /// Git's order of files by whole path is the order of their bytes.
    private static func precedes(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.withUnsafeBytes { one in
            right.withUnsafeBytes { two in
                guard let first = one.baseAddress, let second = two.baseAddress else { return one.count < two.count }
                let order = memcmp(first, second, min(one.count, two.count))
                return order == 0 ? one.count < two.count : order < 0
            }
        }
    }
}
