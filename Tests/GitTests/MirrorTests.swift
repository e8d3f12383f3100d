import Foundation
import Git
import Model
import TestSupport
import Testing

/// A mirror in a directory that goes away with it.
final class TemporaryMirror: Sendable {
    let directory: String
    let mirror: Mirror

    init(of url: String, access: RemoteAccess = RemoteAccess()) throws {
        directory = NSTemporaryDirectory() + "ocuroot-mirror-" + UUID().uuidString
        mirror = Mirror(directory: directory + "/mirror", url: try RemoteURL(url), access: access)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: directory)
    }
}

@Suite struct `A mirror` {
    let remote: RepositoryBuilder
    let local: TemporaryMirror
    var mirror: Mirror { local.mirror }
    var reader: Reader { Reader(path: mirror.path) }

    init() throws {
        remote = try RepositoryBuilder()
        local = try TemporaryMirror(of: remote.url)
    }

    @Test func `of an empty repository has no refs and is no error`() async throws {
        #expect(try await mirror.remoteTips().isEmpty)
        let report = try await mirror.fetch()
        #expect(report.changes.isEmpty)
    }

    @Test func `brings the first push`() async throws {
        let commit = try remote.commit("first\n\nBody", ["a/b.txt": "hello"], trailers: [("Release", "1")])
        let report = try await mirror.fetch()
        #expect(report.changes == [RefChange(ref: "refs/heads/main", old: nil, new: commit.object)])
        #expect(report.tips.head == "refs/heads/main")
        #expect(report.packByteCount > 0)
        let (found, content) = try await reader.read { objects in
            let found = try objects.commit(objects.resolve("HEAD"))
            return (found, try objects.file(at: "a/b.txt", in: found.tree))
        }
        #expect(found.id == commit)
        #expect(found.summary == "first")
        #expect(found.trailers == [Trailer(token: "Release", value: "1")])
        #expect(content == Array("hello".utf8))
    }

    @Test func `fetches nothing when no ref moved`() async throws {
        try remote.commit("first", ["a": "1"])
        _ = try await mirror.fetch()
        let second = try await mirror.fetch()
        #expect(second.changes.isEmpty)
        #expect(second.packByteCount == 0)
    }
}
