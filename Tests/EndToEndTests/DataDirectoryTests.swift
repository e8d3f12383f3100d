import Foundation
import TestSupport
import Testing

/// Data directories that were tampered with, or cannot be used.
@Suite(.serialized) struct DataDirectoryTests {
    @Test func `a key or server json that somebody removed comes back, and commands go on`() async throws {
        try await Installation.with { shop in
            let key = try String(contentsOfFile: shop.directory + "/api-key", encoding: .utf8)
            for name in ["api-key", "server.json"] {
                try FileManager.default.removeItem(atPath: shop.directory + "/" + name)
            }
            try await waitUntil(timeout: .seconds(20), "both are there again") {
                FileManager.default.fileExists(atPath: shop.directory + "/server.json")
            }
            #expect(try String(contentsOfFile: shop.directory + "/api-key", encoding: .utf8) == key)
            let mode = try FileManager.default.attributesOfItem(atPath: shop.directory + "/api-key")[.posixPermissions]
            #expect(mode as? Int == 0o600)
            #expect(try await shop.run("status").status == 0)
            #expect(try #require(shop.server).errors.contains("api-key"), "the log says so")
            #expect(try #require(await shop.terminate()).status == 0)
            #expect(!FileManager.default.fileExists(atPath: shop.directory + "/server.json"))
        }
    }

    @Test func `a directory that PostgreSQL's user cannot reach is refused before anything is made there`() async throws
    {
        try #require(geteuid() == 0, "only root starts PostgreSQL as another user: run the tests as root")
        let closed = NSTemporaryDirectory() + "ocuroot-closed-" + UUID().uuidString
        try FileManager.default.createDirectory(
            atPath: closed, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(atPath: closed) }
        for directory in [closed, closed + "/a/b"] {
            let end = try await Command(
                Binary.path, ["up", "--data-dir", directory, "--listen", "127.0.0.1:0"]
            ).end()
            #expect(end.status == 1)
            #expect(end.errors.contains("error: ") && end.errors.contains("may not enter \(closed)"), "\(end.errors)")
            #expect(end.errors.contains("\nhint: "))
            #expect(try FileManager.default.contentsOfDirectory(atPath: closed).isEmpty)
        }
    }

    @Test(arguments: ["/up", ""])
    func `a directory that cannot be written to is refused with its name and a hint`(below: String) async throws {
        let disk = try ScriptedServer("disk.py", "ro,mode=755")
        let directory = disk["path"] + below
        let end = try await Command(
            Binary.path, ["up", "--data-dir", directory, "--listen", "127.0.0.1:0"]
        ).end()
        #expect(end.status == 1)
        let lines = end.errors.split(separator: "\n")
        #expect(lines.count == 2, "\(end.errors)")
        #expect(lines.first?.hasPrefix("error: cannot ") == true && lines.first?.contains(directory) == true)
        #expect(lines.first?.contains("Read-only file system") == true, "\(end.errors)")
        #expect(lines.last?.hasPrefix("hint: ") == true)
    }
}
