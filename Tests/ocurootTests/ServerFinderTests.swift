import Foundation
import Testing

@testable import ocuroot

@Suite struct ServerFinderTests {
    /// A home of the test's own, and data directories on which servers seem to run.
    private struct Scratch {
        let path: String

        /// A data directory as a running server has it; the server runs for as long as the lock is kept.
        func server(_ name: String, port: Int, key: String = "file-key") throws -> (DataDirectory, DirectoryLock) {
            let directory = DataDirectory(path: path + "/" + name)
            try FileManager.default.createDirectory(atPath: directory.path, withIntermediateDirectories: true)
            let lock = try DirectoryLock(directory)
            try ServerFile(url: "http://127.0.0.1:\(port)", pid: getpid(), startedAt: Date())
                .write(to: directory.serverFile)
            try Data((key + "\n").utf8).write(to: URL(fileURLWithPath: directory.apiKeyFile))
            return (directory, lock)
        }

        func surroundings(_ variables: [String: String] = [:]) -> Surroundings {
            var variables = variables
            variables["HOME"] = path
            variables["XDG_DATA_HOME"] = path + "/share"
            variables["XDG_RUNTIME_DIR"] = path + "/run"
            return Surroundings(variables: variables, userID: 1000)
        }

        var registry: ServerRegistry { ServerRegistry(path: surroundings().registryDirectory) }
    }

    private func withScratch(_ body: (Scratch) throws -> Void) throws {
        let path = NSTemporaryDirectory() + "ocuroot-finder-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: path) }
        try body(Scratch(path: path))
    }

    @Test func `what the command line says goes before the environment`() throws {
        try withScratch { scratch in
            let (directory, lock) = try scratch.server("a", port: 1)
            let around = scratch.surroundings([
                "OCUROOT_SERVER": "https://env.example.com", "OCUROOT_API_KEY": "env-key",
            ])
            let flag = try ServerFinder(server: "https://flag.example.com/", surroundings: around).find()
            #expect(flag == ServerAddress(url: "https://flag.example.com", apiKey: "env-key"))
            let named = try ServerFinder(dataDirectory: directory.path, surroundings: around).find()
            #expect(named.url == "http://127.0.0.1:1")
            #expect(try ServerFinder(surroundings: around).find().url == "https://env.example.com")
            withExtendedLifetime(lock) {}
        }
    }

    @Test func `a directory's own key goes before the environment's, which opens what has none`() throws {
        try withScratch { scratch in
            let (up, upLock) = try scratch.server("up", port: 1)
            let (plain, plainLock) = try scratch.server("plain", port: 2)
            try FileManager.default.removeItem(atPath: plain.apiKeyFile)
            let (stale, staleLock) = try scratch.server("stale", port: 3)
            try ServerFile(url: "http://127.0.0.1:3", pid: getpid(), startedAt: Date(), hasOwnKey: false)
                .write(to: stale.serverFile)
            let (_, standard) = try scratch.server("share/ocuroot", port: 4)
            let key = ["OCUROOT_API_KEY": "env-key"]
            func flag(_ directory: DataDirectory) throws -> String? {
                try ServerFinder(dataDirectory: directory.path, surroundings: scratch.surroundings(key)).find().apiKey
            }
            #expect(try flag(up) == "file-key")
            #expect(try flag(plain) == "env-key")
            #expect(try flag(stale) == "env-key")
            func environment(_ name: String, _ value: String) throws -> String? {
                let around = scratch.surroundings(key.merging([name: value]) { $1 })
                return try ServerFinder(surroundings: around).find().apiKey
            }
            #expect(try environment("OCUROOT_DATA_DIR", up.path) == "file-key")
            #expect(try environment("OCUROOT_DATA_DIR", plain.path) == "env-key")
            #expect(try environment("OCUROOT_SERVER", "https://example.com") == "env-key")
            #expect(try ServerFinder(surroundings: scratch.surroundings(key)).find().apiKey == "file-key")
            withExtendedLifetime((upLock, plainLock, staleLock, standard)) {}
        }
    }

    @Test func `both flags together are an address and the directory of its key`() throws {
        try withScratch { scratch in
            let (directory, lock) = try scratch.server("a", port: 1)
            let around = scratch.surroundings([
                "OCUROOT_API_KEY": "env-key", "OCUROOT_SERVER": "https://env.example.com",
            ])
            let both = ServerFinder(
                server: "https://flag.example.com", dataDirectory: directory.path, surroundings: around)
            #expect(try both.find() == ServerAddress(url: "https://flag.example.com", apiKey: "file-key"))
            withExtendedLifetime(lock) {}
        }
    }

    @Test func `a server that does not say where it listens is not called absent`() throws {
        try withScratch { scratch in
            let (directory, lock) = try scratch.server("a", port: 1)
            try FileManager.default.removeItem(atPath: directory.serverFile)
            let error = #expect(throws: AbsentServer.self) {
                try ServerFinder(dataDirectory: directory.path, surroundings: scratch.surroundings()).find()
            }
            #expect(error?.message.contains("does not say where it listens") == true)
            withExtendedLifetime(lock) {}
        }
    }

    @Test func `a data directory gives address and key`() throws {
        try withScratch { scratch in
            let (directory, lock) = try scratch.server("a", port: 1)
            let around = scratch.surroundings(["OCUROOT_DATA_DIR": directory.path])
            let found = try ServerFinder(surroundings: around).find()
            #expect(found == ServerAddress(url: "http://127.0.0.1:1", apiKey: "file-key"))
            withExtendedLifetime(lock) {}
        }
    }

    @Test func `what a dead server left is not believed`() throws {
        try withScratch { scratch in
            let directory = try scratch.server("a", port: 1).0
            let finder = ServerFinder(dataDirectory: directory.path, surroundings: scratch.surroundings())
            #expect(throws: AbsentServer.self) { try finder.find() }
        }
    }

    @Test func `the default directory goes before the registry`() throws {
        try withScratch { scratch in
            let (_, standard) = try scratch.server("share/ocuroot", port: 2)
            let (other, lock) = try scratch.server("other", port: 3)
            try scratch.registry.register(other)
            #expect(try ServerFinder(surroundings: scratch.surroundings()).find().url == "http://127.0.0.1:2")
            withExtendedLifetime((standard, lock)) {}
        }
    }

    @Test func `the only running server is found`() throws {
        try withScratch { scratch in
            let (directory, lock) = try scratch.server("a", port: 3)
            try scratch.registry.register(directory)
            #expect(try ServerFinder(surroundings: scratch.surroundings()).find().url == "http://127.0.0.1:3")
            scratch.registry.unregister()
            #expect(throws: AbsentServer.self) { try ServerFinder(surroundings: scratch.surroundings()).find() }
            withExtendedLifetime(lock) {}
        }
    }

    @Test func `nothing to be found says what to do`() throws {
        try withScratch { scratch in
            let error = #expect(throws: AbsentServer.self) {
                try ServerFinder(surroundings: scratch.surroundings()).find()
            }
            #expect(error?.hint.contains("ocuroot up --repo URL") == true)
        }
    }

    @Test func `a registry that others may write to is not believed`() throws {
        try withScratch { scratch in
            let (directory, lock) = try scratch.server("a", port: 3)
            try scratch.registry.register(directory)
            #expect(scratch.registry.running == [directory.path])
            try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: scratch.registry.path)
            #expect(scratch.registry.running.isEmpty)
            withExtendedLifetime(lock) {}
        }
    }

    @Test func `a second server on a directory is refused and the first one named`() throws {
        try withScratch { scratch in
            let (directory, lock) = try scratch.server("a", port: 3)
            let error = #expect(throws: CommandError.self) { try DirectoryLock(directory) }
            #expect(error?.message.contains("process \(getpid())") == true)
            withExtendedLifetime(lock) {}
        }
    }
}
