import Foundation
import Testing

@testable import ocuroot

@Suite struct ServerFinderTests {
    /// A directory of the test's own.
    private func withScratch(_ body: (String) throws -> Void) throws {
        let path = NSTemporaryDirectory() + "ocuroot-finder-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: path) }
        try body(path)
    }

    /// A data directory on which a server seems to run.
    private func dataDirectory(in scratch: String, _ name: String, url: String, key: String) throws -> DataDirectory {
        let directory = DataDirectory(path: scratch + "/" + name)
        try FileManager.default.createDirectory(atPath: directory.path, withIntermediateDirectories: true)
        try ServerFile(url: url, pid: getpid(), startedAt: Date()).write(to: directory.serverFile)
        try Data((key + "\n").utf8).write(to: URL(fileURLWithPath: directory.apiKeyFile))
        return directory
    }

    private func surroundings(_ variables: [String: String], home: String) -> Surroundings {
        var variables = variables
        variables["XDG_DATA_HOME"] = home + "/share"
        variables["XDG_RUNTIME_DIR"] = home + "/run"
        return Surroundings(variables: variables, userID: 1000, home: home)
    }

    @Test func `what the command line says goes before the environment`() throws {
        try withScratch { scratch in
            let directory = try dataDirectory(in: scratch, "a", url: "http://127.0.0.1:1", key: "file-key")
            let around = surroundings(
                ["OCUROOT_SERVER": "https://env.example.com", "OCUROOT_API_KEY": "env-key"], home: scratch)
            #expect(
                try ServerFinder(server: "https://flag.example.com/", surroundings: around).find()
                    == ServerAddress(url: "https://flag.example.com", apiKey: "env-key"))
            #expect(
                try ServerFinder(dataDirectory: directory.path, surroundings: around).find().url
                    == "http://127.0.0.1:1")
            #expect(try ServerFinder(surroundings: around).find().url == "https://env.example.com")
        }
    }

    @Test func `a data directory gives address and key`() throws {
        try withScratch { scratch in
            let directory = try dataDirectory(in: scratch, "a", url: "http://127.0.0.1:1", key: "file-key")
            let around = surroundings(["OCUROOT_DATA_DIR": directory.path], home: scratch)
            #expect(
                try ServerFinder(surroundings: around).find()
                    == ServerAddress(url: "http://127.0.0.1:1", apiKey: "file-key"))
        }
    }

    @Test func `the default directory goes before the registry`() throws {
        try withScratch { scratch in
            _ = try dataDirectory(in: scratch, "share/ocuroot", url: "http://127.0.0.1:2", key: "k")
            let around = surroundings([:], home: scratch)
            #expect(try ServerFinder(surroundings: around).find().url == "http://127.0.0.1:2")
        }
    }

    @Test func `the only running server is found`() throws {
        try withScratch { scratch in
            let directory = try dataDirectory(in: scratch, "a", url: "http://127.0.0.1:3", key: "k")
            let around = surroundings([:], home: scratch)
            try ServerRegistry(path: around.registryDirectory).register(directory)
            #expect(try ServerFinder(surroundings: around).find().url == "http://127.0.0.1:3")
            ServerRegistry(path: around.registryDirectory).unregister()
            #expect(throws: CommandError.self) { try ServerFinder(surroundings: around).find() }
        }
    }

    @Test func `a server that died is not found`() throws {
        try withScratch { scratch in
            let directory = try dataDirectory(in: scratch, "a", url: "http://127.0.0.1:3", key: "k")
            let around = surroundings([:], home: scratch)
            try ServerRegistry(path: around.registryDirectory).register(directory)
            try ServerFile(url: "http://127.0.0.1:3", pid: 1, startedAt: Date()).write(to: directory.serverFile)
            #expect(ServerRegistry(path: around.registryDirectory).running.isEmpty)
        }
    }

    @Test func `nothing to be found says what to do`() throws {
        try withScratch { scratch in
            let around = surroundings([:], home: scratch)
            let error = #expect(throws: CommandError.self) { try ServerFinder(surroundings: around).find() }
            #expect(error?.hint.contains("ocuroot up --repo URL") == true)
        }
    }

    @Test func `a registry that others may write to is not believed`() throws {
        try withScratch { scratch in
            let directory = try dataDirectory(in: scratch, "a", url: "http://127.0.0.1:3", key: "k")
            let registry = ServerRegistry(path: surroundings([:], home: scratch).registryDirectory)
            try registry.register(directory)
            try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: registry.path)
            #expect(registry.running.isEmpty)
        }
    }
}
