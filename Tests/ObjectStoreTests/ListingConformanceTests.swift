import ObjectStore
import Testing

/// What every bucket lists, whatever is below it.
@Suite struct ListingConformanceTests {
    private static let names = [
        "a", "b/1", "b/2", "b/3/x", "b/3/y", "b0", "bb/1", "c=1+2@3:4,5~6", "logs/r1/1", "logs/r1/2", "logs/r2/1",
    ]

    private func fill(_ bucket: any ObjectBucket) async throws {
        for name in Self.names.shuffled() {
            try await bucket.put(try ObjectKey(name), .bytes([UInt8](repeating: 1, count: name.utf8.count)))
        }
    }

    @Test(arguments: TestBucket.allCases, [1, 2, 3, 4, 11, 1000])
    func `pages of any length hold every object once`(_ kind: TestBucket, limit: Int) async throws {
        try await kind.with { bucket in
            try await fill(bucket)
            var found: [ObjectSummary] = []
            var after: ObjectCursor?
            for _ in 0...Self.names.count {
                let page = try await bucket.list(prefix: "", after: after, limit: limit)
                #expect(page.objects.count <= limit)
                found += page.objects
                after = page.next
                if after == nil { break }
            }
            #expect(after == nil)
            #expect(found.map(\.key.text).sorted() == Self.names)
            #expect(found.allSatisfy { $0.byteCount == $0.key.text.utf8.count })
        }
    }

    @Test(
        arguments: TestBucket.allCases,
        [
            ("b", ["b/1", "b/2", "b/3/x", "b/3/y", "b0", "bb/1"]), ("b/", ["b/1", "b/2", "b/3/x", "b/3/y"]),
            ("b/3", ["b/3/x", "b/3/y"]), ("logs/r", ["logs/r1/1", "logs/r1/2", "logs/r2/1"]),
            ("logs/r2/1", ["logs/r2/1"]), ("c=1+2@3:4,5", ["c=1+2@3:4,5~6"]), ("z", []), ("b/1/", []), ("a/b", []),
        ])
    func `a prefix selects what begins with it`(_ kind: TestBucket, _ expected: (String, [String])) async throws {
        try await kind.with { bucket in
            try await fill(bucket)
            let page = try await bucket.list(prefix: expected.0)
            #expect(page.objects.map(\.key.text).sorted() == expected.1)
            #expect(page.next == nil)
            var found: [String] = []
            var after: ObjectCursor?
            for _ in 0...expected.1.count {
                let short = try await bucket.list(prefix: expected.0, after: after, limit: 1)
                found += short.objects.map(\.key.text)
                after = short.next
                if after == nil { break }
            }
            #expect(after == nil)
            #expect(found.sorted() == expected.1)
        }
    }

    @Test(arguments: TestBucket.allCases) func `objects that come and go do not disturb the pages of the others`(
        _ kind: TestBucket
    ) async throws {
        try await kind.with { bucket in
            for number in 10..<40 { try await bucket.put(try ObjectKey("n/\(number)"), .bytes([])) }
            var found: [String] = []
            var after: ObjectCursor?
            for step in 0..<10 {
                let page = try await bucket.list(prefix: "n/", after: after, limit: 7)
                found += page.objects.map(\.key.text)
                after = page.next
                if let last = page.objects.last { try await bucket.delete(last.key) }
                if step == 0 { try await bucket.put(try ObjectKey("n/99"), .bytes([])) }
                if after == nil { break }
            }
            #expect(Set(found).isSuperset(of: (10..<40).map { "n/\($0)" }))
            #expect(Set(found).count == found.count)
        }
    }

    @Test(arguments: TestBucket.allCases, ["/", "a b", "ä", "a\\", "a?b", "a\n"])
    func `a prefix that no key can have is refused`(_ kind: TestBucket, prefix: String) async throws {
        try await kind.with { bucket in
            await expectObjectStoreError(.invalidKey) { _ = try await bucket.list(prefix: prefix) }
        }
    }
}
