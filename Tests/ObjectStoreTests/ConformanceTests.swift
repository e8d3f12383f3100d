import Foundation
import ObjectStore
import Testing

/// What every bucket does, whatever is below it.
@Suite struct ConformanceTests {
    @Test(arguments: TestBucket.allCases, [0, 1, 300_000, 9_000_000])
    func `what was put is got, streamed and sized`(_ kind: TestBucket, count: Int) async throws {
        try await kind.with { bucket in
            let key = try ObjectKey("logs/run-1/000001")
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 251) }
            #expect(try await bucket.put(key, .bytes(bytes)) == .stored)
            #expect(try await bucket.get(key) == bytes)
            #expect(try await bucket.head(key) == ObjectSummary(key: key, byteCount: count))
            let stream = try await bucket.stream(key)
            #expect(stream.summary.byteCount == count)
            var streamed: [UInt8] = []
            for try await piece in stream { streamed += piece }
            #expect(streamed == bytes)
        }
    }

    @Test(arguments: TestBucket.allCases) func `a file is stored as its content`(_ kind: TestBucket) async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "content-\(UUID())")
        defer { try? FileManager.default.removeItem(at: file) }
        let bytes = (0..<2_500_000).map { UInt8(truncatingIfNeeded: $0 &* 17) }
        try Data(bytes).write(to: file)
        try await kind.with { bucket in
            let key = try ObjectKey("artifact.tar")
            try await bucket.put(key, .file(path: file.path))
            #expect(try await bucket.get(key) == bytes)
            await expectObjectStoreError(.notFound) {
                try await bucket.put(key, .file(path: file.path + "-missing"))
            }
            #expect(try await bucket.get(key) == bytes)
        }
    }

    @Test(arguments: TestBucket.allCases) func `what is not there is not found`(_ kind: TestBucket) async throws {
        try await kind.with { bucket in
            let key = try ObjectKey("a/b/none")
            #expect(try await bucket.head(key) == nil)
            await expectObjectStoreError(.notFound) { _ = try await bucket.get(key) }
            await expectObjectStoreError(.notFound) { _ = try await bucket.get(key, range: 0..<0) }
            await expectObjectStoreError(.notFound) { _ = try await bucket.get(key, range: 0..<9) }
            await expectObjectStoreError(.notFound) { _ = try await bucket.stream(key) }
            try await bucket.delete(key)
            #expect(try await bucket.list(prefix: "") == ObjectPage(objects: [], next: nil))
        }
    }

    @Test(
        arguments: TestBucket.allCases,
        [(0..<4, "0123"), (3..<7, "3456"), (8..<100, "89"), (10..<20, ""), (50..<60, ""), (4..<4, ""), (0..<10, nil)])
    func `a range gives the bytes that lie within it`(_ kind: TestBucket, _ part: (Range<Int>, String?)) async throws {
        try await kind.with { bucket in
            let key = try ObjectKey("digits")
            try await bucket.put(key, .bytes(Array("0123456789".utf8)))
            let bytes = try await bucket.get(key, range: part.0)
            #expect(String(decoding: bytes, as: UTF8.self) == part.1 ?? "0123456789")
        }
    }

    @Test(arguments: TestBucket.allCases) func `a put replaces, unless only absent keys are asked for`(
        _ kind: TestBucket
    ) async throws {
        try await kind.with { bucket in
            let key = try ObjectKey("x/y")
            #expect(try await bucket.put(key, .bytes([1]), ifAbsent: true) == .stored)
            #expect(try await bucket.put(key, .bytes([2]), ifAbsent: true) == .alreadyThere)
            #expect(try await bucket.get(key) == [1])
            #expect(try await bucket.put(key, .bytes([3, 3])) == .stored)
            #expect(try await bucket.get(key) == [3, 3])
        }
    }

    @Test(arguments: TestBucket.allCases) func `of many puts of one absent key exactly one wins`(
        _ kind: TestBucket
    ) async throws {
        try await kind.with { bucket in
            let key = try ObjectKey("race/key")
            let winners = try await withThrowingTaskGroup(of: UInt8?.self) { group in
                for number in UInt8(0)..<12 {
                    group.addTask {
                        let content = ObjectContent.bytes([UInt8](repeating: number, count: 1000))
                        return try await bucket.put(key, content, ifAbsent: true) == .stored ? number : nil
                    }
                }
                return try await group.reduce(into: [UInt8]()) { if let winner = $1 { $0.append(winner) } }
            }
            #expect(winners.count == 1)
            #expect(try await bucket.get(key) == [UInt8](repeating: winners.first ?? 99, count: 1000))
        }
    }

    @Test(arguments: TestBucket.allCases) func `a reader sees an object whole while it is replaced`(
        _ kind: TestBucket
    ) async throws {
        try await kind.with { bucket in
            let key = try ObjectKey("replaced")
            try await bucket.put(key, .bytes([UInt8](repeating: 0, count: 100_000)))
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    for number in UInt8(1)...20 {
                        try await bucket.put(key, .bytes([UInt8](repeating: number, count: 100_000)))
                    }
                }
                for _ in 0..<40 {
                    let bytes = try await bucket.get(key)
                    #expect(bytes.count == 100_000)
                    #expect(bytes.allSatisfy { $0 == bytes[0] })
                }
                try await group.waitForAll()
            }
        }
    }

    @Test(arguments: TestBucket.allCases) func `what is deleted is gone, and may be put again`(
        _ kind: TestBucket
    ) async throws {
        try await kind.with { bucket in
            let key = try ObjectKey("deep/er/and/deeper")
            let sibling = try ObjectKey("deep/er/other")
            for _ in 0..<3 {
                _ = try await bucket.put(key, .bytes([1]), ifAbsent: true)
                try await bucket.put(sibling, .bytes([2]))
                try await bucket.delete(key)
                try await bucket.delete(key)
                #expect(try await bucket.head(key) == nil)
                #expect(try await bucket.get(sibling) == [2])
            }
        }
    }

    @Test(arguments: TestBucket.allCases) func `an object longer than asked for or allowed is refused`(
        _ kind: TestBucket
    ) async throws {
        try await kind.with { bucket in
            let key = try ObjectKey("large")
            try await bucket.put(key, .bytes([UInt8](repeating: 1, count: 5000)))
            await expectObjectStoreError(.tooLarge) { _ = try await bucket.get(key, range: nil, bytesMax: 4999) }
            #expect(try await bucket.get(key, range: nil, bytesMax: 5000).count == 5000)
            #expect(try await bucket.get(key, range: 0..<10, bytesMax: 10).count == 10)
            let tooLong = [UInt8](repeating: 0, count: ObjectLimits.objectBytesMax + 1)
            await expectObjectStoreError(.tooLarge) { try await bucket.put(key, .bytes(tooLong)) }
            #expect(try await bucket.head(key)?.byteCount == 5000)
        }
    }

    @Test(arguments: TestBucket.allCases) func `a cancelled task's operation is cancelled`(
        _ kind: TestBucket
    ) async throws {
        try await kind.with { bucket in
            let key = try ObjectKey("never")
            await withTaskGroup(of: Void.self) { group in
                group.cancelAll()
                group.addTask {
                    await expectObjectStoreError(.cancelled) { try await bucket.put(key, .bytes([1])) }
                    await expectObjectStoreError(.cancelled) { _ = try await bucket.get(key) }
                }
            }
            #expect(try await bucket.head(key) == nil)
        }
    }
}
