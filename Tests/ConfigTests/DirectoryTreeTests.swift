import Config
import Foundation
import Testing

@Suite struct DirectoryTreeTests {
    @Test func `a checkout is read without following symbolic links`() async throws {
        let root = FileManager.default.temporaryDirectory.appending(path: "tree-\(UUID())").path
        defer { try? FileManager.default.removeItem(atPath: root) }
        try FileManager.default.createDirectory(atPath: root + "/a/b", withIntermediateDirectories: true)
        try Data("x = 1".utf8).write(to: URL(filePath: root + "/a/b/f.star"))
        try FileManager.default.createSymbolicLink(atPath: root + "/link.star", withDestinationPath: "a/b/f.star")
        try FileManager.default.createSymbolicLink(atPath: root + "/up", withDestinationPath: "/etc")
        let tree = DirectoryTree(root: root)
        let contents = try await tree.read(["a/b/f.star", "link.star", "up/passwd", "a", "missing/x", "a/b/f.star/x"])
        #expect(contents == [Array("x = 1".utf8), nil, nil, nil, nil, nil])
        #expect(try await tree.list("a/b") == ["f.star"])
        #expect(try await tree.list("nothing") == [])
    }

    @Test func `a large file is cut, so that it can be refused`() async throws {
        let root = FileManager.default.temporaryDirectory.appending(path: "tree-\(UUID())").path
        defer { try? FileManager.default.removeItem(atPath: root) }
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        try Data(repeating: 1, count: 1000).write(to: URL(filePath: root + "/f"))
        #expect(try await DirectoryTree(root: root, fileBytesMax: 10).read(["f"])[0]?.count == 11)
    }
}
