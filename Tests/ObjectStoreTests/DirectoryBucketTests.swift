import Foundation
import ObjectStore
import TestSupport
import Testing

@Suite struct DirectoryBucketTests {
    private func withFolder(_ body: (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "bucket-\(UUID())")
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder)
    }

    private func names(in folder: URL) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
    }

    @Test func `objects are still there when the directory is opened again`() async throws {
        try await withFolder { folder in
            let key = try ObjectKey("a/b")
            try await DirectoryBucket(path: folder.appending(path: "x/y").path).put(key, .bytes([1, 2]))
            #expect(try await DirectoryBucket(path: folder.appending(path: "x/y").path).get(key) == [1, 2])
        }
    }

    @Test func `a full disk is called so, harms nothing and leaves nothing behind`() async throws {
        let disk = try ScriptedServer("disk.py", "size=1m")
        let folder = URL(filePath: disk["path"]).appending(path: "objects")
        let bucket = try DirectoryBucket(path: folder.path)
        let kept = try ObjectKey("kept")
        try await bucket.put(kept, .bytes([UInt8](repeating: 1, count: 500_000)))
        let large = [UInt8](repeating: 2, count: 2_000_000)
        for key in [try ObjectKey("large"), kept] {
            let error = await expectObjectStoreError(.outOfSpace) { try await bucket.put(key, .bytes(large)) }
            #expect(error?.description.contains("No space left") == true)
            #expect(error?.description.contains("free space") == true)
        }
        #expect(try names(in: folder) == [".temporary", "kept"])
        #expect(try await bucket.get(kept) == [UInt8](repeating: 1, count: 500_000))
        try await bucket.delete(kept)
        #expect(try await bucket.put(try ObjectKey("fits"), .bytes([UInt8](repeating: 3, count: 500_000))) == .stored)
    }

    @Test func `a key below another key or above one is a conflict`() async throws {
        try await withFolder { folder in
            let bucket = try DirectoryBucket(path: folder.path)
            try await bucket.put(try ObjectKey("a/b"), .bytes([1]))
            for ifAbsent in [false, true] {
                await expectObjectStoreError(.conflict) {
                    _ = try await bucket.put(try ObjectKey("a"), .bytes([2]), ifAbsent: ifAbsent)
                }
                await expectObjectStoreError(.conflict) {
                    _ = try await bucket.put(try ObjectKey("a/b/c"), .bytes([2]), ifAbsent: ifAbsent)
                }
            }
            #expect(try await bucket.head(try ObjectKey("a")) == nil)
            await expectObjectStoreError(.notFound) { _ = try await bucket.get(try ObjectKey("a/b/c")) }
            await expectObjectStoreError(.notFound) { _ = try await bucket.get(try ObjectKey("a")) }
            #expect(try names(in: folder) == [".temporary", "a", "a/b"])
        }
    }

    @Test func `folders go with their last object`() async throws {
        try await withFolder { folder in
            let bucket = try DirectoryBucket(path: folder.path)
            try await bucket.put(try ObjectKey("a/b/c"), .bytes([1]))
            try await bucket.put(try ObjectKey("a/d"), .bytes([1]))
            try await bucket.delete(try ObjectKey("a/b/c"))
            #expect(try names(in: folder) == [".temporary", "a", "a/d"])
            try await bucket.delete(try ObjectKey("a/d"))
            #expect(try names(in: folder) == [".temporary"])
        }
    }

    @Test func `puts and deletes in one folder do not lose each other`() async throws {
        try await withFolder { folder in
            let bucket = try DirectoryBucket(path: folder.path)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for task in 0..<8 {
                    group.addTask {
                        let key = try ObjectKey("shared/deep/\(task)")
                        for _ in 0..<50 {
                            try await bucket.put(key, .bytes([1]))
                            #expect(try await bucket.head(key) != nil)
                            try await bucket.delete(key)
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try names(in: folder) == [".temporary"])
        }
    }

    @Test func `what a crash left half-written is no object and is cleared away in time`() async throws {
        try await withFolder { folder in
            let bucket = try DirectoryBucket(path: folder.path)
            let temporary = folder.appending(path: ".temporary")
            for (name, age) in [("old", 7200.0), ("fresh", 10.0)] {
                let file = temporary.appending(path: name)
                try Data([1]).write(to: file)
                let date = Date(timeIntervalSinceNow: -age)
                try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: file.path)
            }
            #expect(try await bucket.list(prefix: "").objects.isEmpty)
            _ = try DirectoryBucket(path: folder.path)
            #expect(try names(in: folder) == [".temporary", ".temporary/fresh"])
        }
    }

    @Test func `a symbolic link in the directory is not followed`() async throws {
        try await withFolder { folder in
            let bucket = try DirectoryBucket(path: folder.path)
            try FileManager.default.createSymbolicLink(
                atPath: folder.appending(path: "link").path, withDestinationPath: "/etc/hostname")
            #expect(try await bucket.head(try ObjectKey("link")) == nil)
            await #expect(throws: ObjectStoreError.self) { try await bucket.get(try ObjectKey("link")) }
            #expect(try await bucket.list(prefix: "").objects.isEmpty)
        }
    }

    @Test func `a listing is in the order of the keys' bytes`() async throws {
        try await withFolder { folder in
            let bucket = try DirectoryBucket(path: folder.path)
            let names = ["A", "a-b", "a.b", "a/b", "a/b-", "a0", "b/c/d", "b/c0"]
            for name in names.shuffled() { try await bucket.put(try ObjectKey(name), .bytes([])) }
            #expect(try await bucket.list(prefix: "").objects.map(\.key.text) == names)
        }
    }

    @Test func `a path that is no directory is refused`() async throws {
        await expectObjectStoreError(.invalidAddress) { _ = try DirectoryBucket(path: "/etc/hostname") }
        await expectObjectStoreError(.invalidAddress) { _ = try DirectoryBucket(path: "") }
    }
}
