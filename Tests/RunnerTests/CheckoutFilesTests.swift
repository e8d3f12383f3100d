import Foundation
import Testing

@testable import Runner

@Suite final class CheckoutFilesTests {
    private let outer = Processes.temporaryPath()
    private let root: String

    init() throws {
        root = outer + "/checkout"
        try FileManager.default.createDirectory(atPath: root + "/app/sub", withIntermediateDirectories: true)
        try Data("top".utf8).write(to: URL(filePath: root + "/top.txt"))
        try Data("secret".utf8).write(to: URL(filePath: outer + "/secret.txt"))
        try FileManager.default.createSymbolicLink(atPath: root + "/app/out", withDestinationPath: outer)
        try FileManager.default.createSymbolicLink(atPath: root + "/app/in", withDestinationPath: "../top.txt")
    }

    deinit { try? FileManager.default.removeItem(atPath: outer) }

    private func files() throws -> CheckoutFiles { try CheckoutFiles(root: root, packageDirectory: "app") }

    @Test(arguments: ["../top.txt", "//top.txt", "in", "sub/../../top.txt", "./in", "//app/in"])
    func `a path is taken from the package, or from the root after two slashes`(path: String) throws {
        #expect(try files().read(path) == Array("top".utf8))
    }

    @Test(arguments: ["../../secret.txt", "//../secret.txt", "/etc/passwd", "out/secret.txt", "", "sub", "nothing"])
    func `what is outside, or is no file, is not read`(path: String) throws {
        #expect(throws: RunnerError.self) { try files().read(path) }
    }

    @Test func `a file is written with the directories it needs`() throws {
        try files().write("made/deep/x.txt", Array("x".utf8))
        try files().write("//made.txt", Array("y".utf8))
        try files().write("in", Array("through".utf8))
        #expect(try String(contentsOfFile: root + "/app/made/deep/x.txt", encoding: .utf8) == "x")
        #expect(try String(contentsOfFile: root + "/made.txt", encoding: .utf8) == "y")
        #expect(try String(contentsOfFile: root + "/top.txt", encoding: .utf8) == "through")
    }

    @Test func `a link that leads to nothing yet is not followed out`() throws {
        try FileManager.default.createSymbolicLink(
            atPath: root + "/app/dangling", withDestinationPath: outer + "/evil.txt")
        #expect(throws: RunnerError.self) { try files().write("dangling", Array("x".utf8)) }
        #expect(!FileManager.default.fileExists(atPath: outer + "/evil.txt"))
    }

    @Test(arguments: ["out/secret.txt", "out/new/x.txt", "../../x.txt", "/tmp/x", "//..", "sub"])
    func `nothing is written outside`(path: String) throws {
        #expect(throws: RunnerError.self) { try files().write(path, Array("x".utf8)) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: outer).sorted() == ["checkout", "secret.txt"])
        #expect(try String(contentsOfFile: outer + "/secret.txt", encoding: .utf8) == "secret")
    }
}
