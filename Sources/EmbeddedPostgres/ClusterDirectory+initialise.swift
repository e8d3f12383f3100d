import Foundation

extension ClusterDirectory {
    /// The superuser, and the database that Ocuroot uses.
    static let databaseName = "ocuroot"

    /// Makes the cluster beside its place and moves it there when it is complete and on disk.
    func initialise(_ programs: PostgresPrograms, as owner: ClusterOwner) async throws(EmbeddedPostgresError) {
        try await removeUnfinished()
        guard mkdir(unfinished, 0o700) == 0 else { throw FileFailure.last("make", unfinished) }
        try owner.own(unfinished)
        let initdb = Command(
            programs.path(of: "initdb"), "--pgdata", unfinished, "--username", Self.databaseName, "--auth", "trust",
            "--encoding", "UTF8", "--locale", "C", "--data-checksums")
        let outcome = try await initdb.run(as: owner, in: unfinished, inNewSession: true)
        guard outcome.isSuccess else {
            throw EmbeddedPostgresError(.initialise, "initialise", unfinished, outcome.tail)
        }
        try addSettings()
        guard rename(unfinished, data) == 0 else { throw FileFailure.last("move into place", unfinished) }
        try sync(root)
    }

    /// Removes what an initialisation left behind that was killed, or whose parent was.
    private func removeUnfinished() async throws(EmbeddedPostgresError) {
        guard FileManager.default.fileExists(atPath: unfinished) else { return }
        await Postmaster.endOrphans(in: unfinished)
        do {
            try FileManager.default.removeItem(atPath: unfinished)
        } catch {
            throw EmbeddedPostgresError(.fileSystem, "remove", unfinished, "it was never completed", cause: error)
        }
    }

    private func addSettings() throws(EmbeddedPostgresError) {
        let path = "\(unfinished)/postgresql.conf"
        guard let file = FileHandle(forWritingAtPath: path) else { throw FileFailure.last("write", path) }
        do {
            try file.seekToEnd()
            try file.write(contentsOf: Data(ClusterSettings.file.utf8))
            try file.synchronize()
            try file.close()
        } catch {
            throw EmbeddedPostgresError(.fileSystem, "write", path, "it cannot be written", cause: error)
        }
    }

    /// Waits until the names in a directory are on disk.
    private func sync(_ directory: String) throws(EmbeddedPostgresError) {
        let descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileFailure.last("open", directory) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw FileFailure.last("write to disk", directory) }
    }
}
