import Foundation
import Logging
import ServiceLifecycle
import Synchronization

/// Tells people and commands on this machine where a server is reached, from when it accepts until it stops.
///
/// What somebody removes meanwhile is written again, so that a tidied directory does not hide a running server.
final class Announcement: Service {
    /// How often is looked whether the files are still there.
    private static let pause = Duration.milliseconds(500)

    private let directory: DataDirectory
    private let listen: ListenAddress
    private let registry: ServerRegistry?
    private let ownKey: String?
    private let logger: Logger
    private let file = Mutex<ServerFile?>(nil)

    /// Makes an announcement; nothing is written before ``ready(port:)``.
    ///
    /// - Parameters:
    ///   - registry: where the process is written down; nil for nowhere.
    ///   - ownKey: the key that the directory holds; nil when the server's key comes from elsewhere.
    init(
        directory: DataDirectory, listen: ListenAddress, registry: ServerRegistry?, ownKey: String?, logger: Logger
    ) {
        self.directory = directory
        self.listen = listen
        self.registry = registry
        self.ownKey = ownKey
        self.logger = logger
    }

    /// Writes server.json and the registry, then prints the line that scripts wait for.
    func ready(port: Int) async {
        let url = listen.url(port: port)
        let file = ServerFile(url: url, pid: getpid(), startedAt: Date(), hasOwnKey: ownKey != nil)
        do {
            try file.write(to: directory.serverFile)
            try registry?.register(directory)
        } catch {
            logger.error("commands will not find this server", metadata: ["error": "\(error)"])
        }
        // Only now: who looks after the files would write the one that is about to be written.
        self.file.withLock { $0 = file }
        Terminal.standardOutput.line("ocuroot is ready at \(url)")
    }

    /// Looks after the files until a graceful shutdown begins or the task is cancelled.
    func run() async throws {
        await cancelWhenGracefulShutdown { [self] in
            var isFailing = false
            while (try? await Task.sleep(for: Self.pause)) != nil {
                do {
                    try restore()
                    isFailing = false
                } catch {
                    if !isFailing { logger.warning("files cannot be restored", metadata: ["error": "\(error)"]) }
                    isFailing = true
                }
            }
        }
    }

    /// Takes it back.
    func withdraw() {
        file.withLock { $0 = nil }
        registry?.unregister()
        try? FileManager.default.removeItem(atPath: directory.serverFile)
    }

    /// Writes again what is missing; the key first, since it is read second.
    private func restore() throws {
        guard let file = file.withLock({ $0 }) else { return }
        if let ownKey, !exists(directory.apiKeyFile) {
            try APIKeyFile.write(ownKey, to: directory.apiKeyFile)
            logger.notice("the API key was removed and is there again", metadata: ["path": "\(directory.apiKeyFile)"])
        }
        if !exists(directory.serverFile) {
            try file.write(to: directory.serverFile)
            logger.notice("server.json was removed and is there again", metadata: ["path": "\(directory.serverFile)"])
        }
    }

    private func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }
}

extension Announcement: CustomStringConvertible {
    /// A name for logs, which hold no key.
    var description: String { "Announcement" }
}
