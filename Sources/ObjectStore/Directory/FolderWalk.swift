import Glibc

/// A walk through an object directory in the order of keys, from a given key on.
struct FolderWalk {
    let prefix: String
    let after: String
    let countMax: Int
    private(set) var found: [ObjectSummary] = []

    init(prefix: String, after: String, countMax: Int) {
        self.prefix = prefix
        self.after = after
        self.countMax = countMax
    }

    /// Visits one folder and those in it, as deep as keys can be.
    mutating func visit(_ path: String, keyPrefix: String, depth: Int) throws(ObjectStoreError) {
        guard depth < ObjectKey.segmentCountMax else { return }
        guard let names = FolderEntries.names(in: path) else {
            if errno == ENOENT { return }
            throw .system("list", path)
        }
        // A folder sorts as its name with a slash, which puts whole keys, all of ASCII, into the order of their bytes.
        var entries: [(sortKey: String, byteCount: Int?)] = []
        for name in names where ObjectKey.isSegment(name.utf8) {
            var status = stat()
            guard lstat(path + "/" + name, &status) == 0 else { continue }
            switch status.st_mode & S_IFMT {
            case S_IFDIR: entries.append((name + "/", nil))
            case S_IFREG: entries.append((name, Int(status.st_size)))
            default: continue
            }
        }
        entries.sort { $0.sortKey < $1.sortKey }
        for entry in entries where found.count < countMax {
            let key = keyPrefix + entry.sortKey
            if let byteCount = entry.byteCount {
                if key.hasPrefix(prefix), key > after { add(key, byteCount) }
            } else if mayHold(key) {
                try visit(path + "/" + entry.sortKey.dropLast(), keyPrefix: key, depth: depth + 1)
            }
        }
    }

    /// Whether a folder, named with its slash, can hold keys that are asked for.
    private func mayHold(_ folder: String) -> Bool {
        guard folder.hasPrefix(prefix) || prefix.hasPrefix(folder) else { return false }
        return folder > after || after.hasPrefix(folder)
    }

    private mutating func add(_ key: String, _ byteCount: Int) {
        do throws(ObjectStoreError) {
            found.append(ObjectSummary(key: try ObjectKey(key), byteCount: byteCount))
        } catch {
            // Somebody else's file with a name that no key has: not an object.
        }
    }
}
