import Foundation
import Model

/// The `ocuroot up` processes of this machine, one file each, so that a command finds the only one without being told.
struct ServerRegistry: Sendable {
    /// A running server.
    struct Entry: Sendable, Codable, Equatable {
        /// Its process.
        var pid: Int32
        /// Its data directory.
        var dataDirectory: String
    }

    /// No more files are looked at.
    private static let entriesMax = 1000

    /// The directory with the files, made when missing, open to its owner only.
    let path: String

    /// Writes down this process, and takes away what dead ones have left.
    func register(_ directory: DataDirectory) throws {
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        guard isOurs else { return }
        for entry in entries where !isRunning(entry) { try? FileManager.default.removeItem(atPath: file(entry.pid)) }
        let entry = Entry(pid: getpid(), dataDirectory: directory.path)
        try WholeFile.write(try JSONText.encode(entry), to: file(entry.pid), permissions: 0o600)
    }

    /// Takes this process out.
    func unregister() {
        try? FileManager.default.removeItem(atPath: file(getpid()))
    }

    /// The data directories of those that run now.
    var running: [String] {
        guard isOurs else { return [] }
        return entries.filter(isRunning).map(\.dataDirectory).sorted()
    }

    private var entries: [Entry] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.prefix(Self.entriesMax).filter { $0.hasSuffix(".json") }.compactMap { name in
            FileManager.default.contents(atPath: "\(path)/\(name)").flatMap {
                try? JSONText.decode(Entry.self, from: $0)
            }
        }
    }

    /// Whether nobody else can have put files there.
    private var isOurs: Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_uid == getuid() && status.st_mode & 0o022 == 0
    }

    /// Whether that very process serves the directory.
    private func isRunning(_ entry: Entry) -> Bool {
        let directory = DataDirectory(path: entry.dataDirectory)
        return DirectoryLock.isHeld(directory) && ServerFile.read(directory.serverFile)?.pid == entry.pid
    }

    private func file(_ pid: Int32) -> String { "\(path)/\(pid).json" }
}
