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
