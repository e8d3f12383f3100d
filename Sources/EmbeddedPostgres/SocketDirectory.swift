import Foundation

/// The directory of the server's socket: only the server's user, and root, get in.
struct SocketDirectory: Sendable {
    /// The kernel allows about 100 bytes for the whole path, and PostgreSQL adds `/.s.PGSQL.5432`.
    static let pathBytesMax = 85

    let path: String

    /// Chooses `postgres/socket` below the data directory, or, if that is too long or has characters that need
    /// quoting, a directory in /tmp named after it.
    init(for directory: ClusterDirectory, owner: ClusterOwner) {
        let preferred = "\(directory.root)/socket"
        let isPlain = preferred.utf8.allSatisfy { Self.plain.contains($0) }
        if preferred.utf8.count <= Self.pathBytesMax, isPlain {
            path = preferred
        } else {
            path = "/tmp/ocuroot-\(owner.userID)-\(String(Self.hash(directory.base), radix: 36))"
        }
    }

    private static let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/._-".utf8)

    /// FNV-1a: the same in every run, unlike Swift's own hashes.
    private static func hash(_ text: String) -> UInt64 {
        text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }

    /// Makes the directory, and refuses one that somebody else made.
    func prepare(for owner: ClusterOwner) throws(EmbeddedPostgresError) {
        if mkdir(path, 0o700) == 0 {
            try owner.own(path)
        } else if errno != EEXIST {
            throw FileFailure.last("make", path)
        }
        var status = stat()
        guard lstat(path, &status) == 0 else { throw FileFailure.last("look at", path) }
        let isPrivate = status.st_mode & S_IFMT == S_IFDIR && status.st_mode & 0o077 == 0
        guard isPrivate, status.st_uid == owner.userID else {
            throw EmbeddedPostgresError(
                .notOurs, "use", path,
                "the socket's directory must belong to user \(owner.name) and be closed to all others; remove it")
        }
    }

    /// What a server leaves here if it is killed.
    var files: [String] { ["\(path)/.s.PGSQL.5432", "\(path)/.s.PGSQL.5432.lock"] }

    /// Removes the directory, which is empty once the server has ended.
    func remove() {
        rmdir(path)
    }

    /// The connection string of a database of the server.
    func conninfo(database: String) -> String {
        "postgresql://\(ClusterDirectory.databaseName)@/\(database)?host=\(path)&port=5432"
    }
}
