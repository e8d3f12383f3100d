import Foundation

/// The files of one private cluster, below the data directory of `ocuroot up`.
struct ClusterDirectory: Sendable {
    /// The data directory of `ocuroot up`: absolute, without symbolic links.
    let base: String

    /// Belongs to the cluster's owner.
    var root: String { "\(base)/postgres" }
    /// The cluster itself; it exists only once it is complete.
    var data: String { "\(root)/data" }
    /// Where a cluster is made; what is here was never completed.
    var unfinished: String { "\(root)/data.new" }
    /// The server's log.
    var log: String { "\(base)/postgres.log" }
    /// Locked by the process that owns the cluster.
    var lock: String { "\(base)/postgres.lock" }

    /// Makes the data directory if it does not exist.
    init(at path: String) throws(EmbeddedPostgresError) {
        do {
            // Others may pass through: the server runs as another user if we are root.
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
        } catch {
            throw EmbeddedPostgresError(.fileSystem, "make", path, "the directory cannot be made", cause: error)
        }
        guard let resolved = realpath(path, nil) else { throw FileFailure.last("find", path) }
        base = String(cString: resolved)
        free(resolved)
    }

    /// Whether there is a complete cluster; throws if there is something else in its place.
    func hasCluster() throws(EmbeddedPostgresError) -> Bool {
        guard FileManager.default.fileExists(atPath: data) else { return false }
        guard FileManager.default.fileExists(atPath: "\(data)/PG_VERSION") else {
            throw EmbeddedPostgresError(
                .notOurs, "use", data, "it holds no PostgreSQL cluster; move it away, or choose another data directory")
        }
        return true
    }

    /// The major version that made the cluster.
    func majorVersion() throws(EmbeddedPostgresError) -> Int {
        let file = "\(data)/PG_VERSION"
        let text = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
        guard let version = Int(text.prefix { $0 != "." && !$0.isNewline }) else {
            throw EmbeddedPostgresError(.notOurs, "read", file, "it names no version")
        }
        return version
    }

    /// Makes ``root`` and the log, and gives all to `owner`.
    func prepare(for owner: ClusterOwner) async throws(EmbeddedPostgresError) {
        if mkdir(root, 0o700) != 0, errno != EEXIST { throw FileFailure.last("make", root) }
        try await giveTree(to: owner)
        let descriptor = open(log, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw FileFailure.last("open", log) }
        close(descriptor)
        try owner.own(log)
    }

    private func giveTree(to owner: ClusterOwner) async throws(EmbeddedPostgresError) {
        var status = stat()
        guard lstat(root, &status) == 0 else { throw FileFailure.last("look at", root) }
        if status.st_uid == owner.userID { return }
        guard let identity = owner.switchTo else {
            throw EmbeddedPostgresError(
                .notOurs, "use", root,
                "it belongs to another user (id \(status.st_uid)); run as that user, or give it to \(owner.name) with: "
                    + "sudo chown -R \(owner.name) '\(root)' '\(log)'")
        }
        let change = Command("/bin/chown", "-R", "-h", "\(identity.user):\(identity.group)", root)
        let outcome = try await change.run(as: nil)
        guard outcome.isSuccess else {
            throw EmbeddedPostgresError(.fileSystem, "give to user \(owner.name)", root, outcome.tail)
        }
    }
}
