import Cryptography
import Glibc

extension ObjectDirectory {
    private static let copyBytes = 1 << 20
    private static let placingAttemptsMax = 8

    func put(_ key: ObjectKey, _ content: ObjectContent, ifAbsent: Bool) throws(ObjectStoreError) -> PutResult {
        if ifAbsent, try head(key) != nil { return .alreadyThere }
        let file = try TemporaryFile(in: temporary, key)
        try write(content, to: file)
        try file.sync()
        return try place(file, as: key, ifAbsent: ifAbsent)
    }

    private func write(_ content: ObjectContent, to file: TemporaryFile) throws(ObjectStoreError) {
        switch content {
        case .bytes(let bytes):
            try checkSize(bytes.count, file.key)
            try file.write(bytes)
        case .file(let path):
            let source = try OpenFile(reading: path, operation: "store object", subject: path)
            try checkSize(source.byteCount, file.key)
            for offset in stride(from: 0, to: source.byteCount, by: Self.copyBytes) {
                try file.write(try source.read(offset..<offset + Self.copyBytes))
            }
        }
    }

    private func checkSize(_ byteCount: Int, _ key: ObjectKey) throws(ObjectStoreError) {
        guard byteCount <= ObjectLimits.objectBytesMax else {
            throw .objectTooLarge(byteCount, key)
        }
    }

    /// Gives the written file its name.
    ///
    /// A delete that removes a folder just made is met by making it again.
    private func place(
        _ file: TemporaryFile, as key: ObjectKey, ifAbsent: Bool
    ) throws(ObjectStoreError) -> PutResult {
        let folders = folders(of: key)
        let path = path(of: key)
        for _ in 0..<Self.placingAttemptsMax {
            let made = try makeFolders(folders, key)
            let result = ifAbsent ? link(file.path, path) : rename(file.path, path)
            if result != 0, errno == ENOENT { continue }
            if result != 0, errno == EEXIST, try head(key) != nil { return .alreadyThere }
            guard result == 0 else { throw .system("store object", key.text) }
            for folder in Set(made + [folders.last ?? root]) { sync(folder: folder) }
            return .stored
        }
        throw ObjectStoreError(
            .unavailable, operation: "store object", subject: key.text, cause: "its folder is removed again and again")
    }

    /// Makes the missing folders and gives the ones that have a new entry.
    private func makeFolders(_ folders: [String], _ key: ObjectKey) throws(ObjectStoreError) -> [String] {
        var parent = root
        var changed: [String] = []
        for folder in folders {
            if mkdir(folder, 0o700) == 0 {
                changed.append(parent)
            } else if errno == ENOENT {
                break
            } else if errno != EEXIST {
                throw .system("store object", key.text)
            }
            parent = folder
        }
        return changed
    }
}

extension ObjectStoreError {
    static func objectTooLarge(_ byteCount: Int, _ key: ObjectKey) -> ObjectStoreError {
        ObjectStoreError(
            .tooLarge, operation: "store object", subject: key.text,
            cause: "\(byteCount) bytes, allowed are \(ObjectLimits.objectBytesMax)")
    }
}
