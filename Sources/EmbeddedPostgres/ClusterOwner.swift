import Foundation

/// The user that the server runs as: ourselves, or, if we are root, one without privileges, since PostgreSQL refuses
/// root.
struct ClusterOwner: Sendable, Equatable {
    /// Who to become.
    struct Identity: Sendable, Equatable {
        var user: uid_t
        var group: gid_t
    }

    let name: String
    let userID: uid_t
    /// `nil` if we are that user already.
    let switchTo: Identity?

    /// The users that root may run the server as, the best first.
    static let candidates = ["ocuroot", "postgres", "nobody"]

    static func current() throws(EmbeddedPostgresError) -> ClusterOwner {
        let effective = geteuid()
        guard effective == 0 else {
            return ClusterOwner(name: NSUserName(), userID: effective, switchTo: nil)
        }
        for name in candidates {
            guard let entry = getpwnam(name)?.pointee, entry.pw_uid != 0 else { continue }
            let identity = Identity(user: entry.pw_uid, group: entry.pw_gid)
            return ClusterOwner(name: name, userID: entry.pw_uid, switchTo: identity)
        }
        throw EmbeddedPostgresError(
            .notOurs, "run", "PostgreSQL as root",
            "it refuses root, and there is no user \(candidates.joined(separator: ", ")); add one with: "
                + "useradd --system ocuroot")
    }

    /// The words before a command that make it run as the owner.
    ///
    /// A program does it and not Subprocess's own options: glibc's setgroups() waits for threads that a forked copy of
    /// our process no longer has.
    var prefix: [String] {
        guard let identity = switchTo else { return [] }
        let setpriv = "/usr/bin/setpriv"
        guard FileManager.default.isExecutableFile(atPath: setpriv) else {
            return ["/bin/su", "-s", "/usr/bin/env", name, "--"]
        }
        return [setpriv, "--reuid=\(identity.user)", "--regid=\(identity.group)", "--clear-groups", "--"]
    }

    /// Throws, naming the directory that is in the way, unless the owner can get to `path`, which is absolute.
    func checkReach(of path: String) async throws(EmbeddedPostgresError) {
        guard switchTo != nil, try await !canEnter(path) else { return }
        var blocking = ""
        for component in path.split(separator: "/") {
            blocking += "/\(component)"
            if try await !canEnter(blocking) { break }
        }
        throw EmbeddedPostgresError(
            .unreachable, "use", path,
            "PostgreSQL does not run as root but as user \(name), who may not enter \(blocking); choose a data "
                + "directory elsewhere, such as /var/lib/ocuroot, run as another user than root, or allow it with: "
                + "chmod o+x '\(blocking)'")
    }

    /// The same for a directory that need not be there yet: what is missing will be made so that everybody may enter.
    func checkReach(ofFuture path: String) async throws(EmbeddedPostgresError) {
        var existing = URL(fileURLWithPath: path).standardizedFileURL
        while existing.path != "/", access(existing.path, F_OK) != 0 { existing.deleteLastPathComponent() }
        guard let resolved = realpath(existing.path, nil) else { return }
        defer { free(resolved) }
        try await checkReach(of: String(cString: resolved))
    }

    private func canEnter(_ path: String) async throws(EmbeddedPostgresError) -> Bool {
        try await Command("/bin/sh", "-c", "cd \"$1\"", "sh", path).run(as: self).isSuccess
    }

    /// Makes the owner own a file or directory.
    func own(_ path: String) throws(EmbeddedPostgresError) {
        guard let identity = switchTo, lchown(path, identity.user, identity.group) != 0 else { return }
        throw FileFailure.last("give to user \(name)", path)
    }
}

/// Turns `errno` into an error.
enum FileFailure {
    static func last(_ operation: String, _ path: String) -> EmbeddedPostgresError {
        EmbeddedPostgresError(.fileSystem, operation, path, String(cString: strerror(errno)))
    }
}
