import Foundation

/// Finds the server that a command speaks to.
///
/// In this order: `--server`, `--data-dir`, OCUROOT_SERVER, OCUROOT_DATA_DIR, the default data directory, and the only
/// `ocuroot up` that this user runs on this machine. It looks anew each time, since a server that restarts may have
/// another port.
///
/// A key belongs to the way by which the server was found: a directory's own key opens the server that runs on it, and
/// OCUROOT_API_KEY one that was found by its address, or whose directory has no key.
struct ServerFinder: Sendable {
    /// What `--server` says.
    var server: String?
    /// What `--data-dir` says.
    var dataDirectory: String?
    /// Environment variables and the like.
    var surroundings: Surroundings

    /// The server.
    ///
    /// - Throws: an ``AbsentServer`` that says where was looked; a ``CommandError`` for what makes no sense.
    func find() throws -> ServerAddress {
        if let server { return try address(server) }
        if let dataDirectory { return try of(dataDirectory) }
        if let server = surroundings["OCUROOT_SERVER"] { return try address(server) }
        if let directory = surroundings["OCUROOT_DATA_DIR"] { return try of(directory) }
        let standard = surroundings.defaultDataDirectory
        if let address = readable(standard) { return address }
        return try ofRegistry(standard)
    }

    private func address(_ text: String) throws -> ServerAddress {
        let url = text.hasSuffix("/") ? String(text.dropLast()) : text
        guard url.hasPrefix("http://") || url.hasPrefix("https://") else {
            throw CommandError(
                "'\(text)' is not a server's address", hint: "it begins with http:// or https://", status: .usage)
        }
        let fromFile = dataDirectory.flatMap { APIKeyFile.read(DataDirectory(path: $0).apiKeyFile) }
        return ServerAddress(url: url, apiKey: fromFile ?? surroundings["OCUROOT_API_KEY"])
    }

    private func of(_ path: String) throws -> ServerAddress {
        if let address = readable(path) { return address }
        if DirectoryLock.isHeld(DataDirectory(path: path)) {
            throw AbsentServer(
                message: "the server on \(path) does not say where it listens",
                hint: "it is starting or stopping: try again in a moment, or check that you may read \(path)")
        }
        throw AbsentServer(
            message: "no server runs on \(path)", hint: "start one with 'ocuroot up --data-dir \(path) --repo URL'")
    }

    private func ofRegistry(_ standard: String) throws -> ServerAddress {
        let running = ServerRegistry(path: surroundings.registryDirectory).running
        if running.count > 1 {
            throw CommandError(
                "several servers run on this machine: \(running.joined(separator: ", "))",
                hint: "name one with --data-dir or OCUROOT_DATA_DIR")
        }
        if let only = running.first, let address = readable(only) { return address }
        throw AbsentServer(
            message: "no server was found: there is neither --server nor --data-dir, and none runs on \(standard)",
            hint: "start one with 'ocuroot up --repo URL', or name one with --server URL and OCUROOT_API_KEY")
    }

    /// The server that runs on a directory; nil when none does: what a dead one left may be another program's address.
    private func readable(_ path: String) -> ServerAddress? {
        let directory = DataDirectory(path: path)
        guard DirectoryLock.isHeld(directory), let file = ServerFile.read(directory.serverFile) else { return nil }
        // What an `ocuroot up` left in the directory of an `ocuroot server` opens nothing.
        let own = file.hasOwnKey == false ? nil : APIKeyFile.read(directory.apiKeyFile)
        return ServerAddress(url: file.url, apiKey: own ?? surroundings["OCUROOT_API_KEY"])
    }
}
