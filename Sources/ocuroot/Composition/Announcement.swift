import Foundation
import Logging

/// Tells people and commands on this machine where a server is reached, from when it accepts until it stops.
struct Announcement: Sendable {
    let directory: DataDirectory
    let listen: ListenAddress
    /// Where the process is written down; nil for nowhere.
    let registry: ServerRegistry?
    let logger: Logger

    /// Writes server.json and the registry, then prints the line that scripts wait for.
    func ready(port: Int) async {
        let url = listen.url(port: port)
        do {
            try ServerFile(url: url, pid: getpid(), startedAt: Date()).write(to: directory.serverFile)
            try registry?.register(directory)
        } catch {
            logger.error("commands will not find this server", metadata: ["error": "\(error)"])
        }
        Terminal.standardOutput.line("ocuroot is ready at \(url)")
    }

    /// Takes it back.
    func withdraw() {
        registry?.unregister()
        try? FileManager.default.removeItem(atPath: directory.serverFile)
    }
}
