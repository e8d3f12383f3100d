import HTTPClient
import ObjectStore
import Testing

@Suite struct S3BucketTests {
    private func bucket(_ name: String, attemptsMax: Int = 4, port: String = "port") throws -> S3Bucket {
        let address = try S3Address("s3://\(name)?endpoint=http://127.0.0.1:\(Servers.http[port])")
        return S3Bucket(
            address, credentials: S3Credentials(accessKeyID: "K", secretAccessKey: "topsecret"),
            session: try Servers.session,
            retries: RetryPolicy(attemptsMax: attemptsMax, firstPause: .milliseconds(1), pauseMax: .milliseconds(5)))
    }

    private func attempts(_ key: String) async throws -> Int? {
        let url = "http://127.0.0.1:\(try Servers.http["port"])/flaky-count/\(key)"
        return Int(try await Servers.session.send(HTTPRequest(.get, url)).text)
    }

    @Test func `wrong credentials are refused by the server and shown without the secret`() async throws {
        let key = try ObjectKey("a")
        for bucket in [
            try await Servers.bucket(prefix: "p", secret: "wrong-topsecret"),
            try await Servers.bucket(prefix: "p", key: "unknown", secret: "topsecret"),
        ] {
            let error = await expectObjectStoreError(.accessDenied) { try await bucket.put(key, .bytes([1])) }
            #expect(error?.description.contains("topsecret") == false)
            await expectObjectStoreError(.accessDenied) { _ = try await bucket.list(prefix: "") }
            #expect(!"\(bucket.self)".contains("topsecret"))
        }
    }

    @Test func `a reader may read but not write`() async throws {
        let key = try ObjectKey("shared")
        try await Servers.bucket(prefix: "readable").put(key, .bytes([1]))
        let reader = try await Servers.bucket(prefix: "readable", key: "readerKey")
        #expect(try await reader.get(key) == [1])
        await expectObjectStoreError(.accessDenied) { try await reader.put(key, .bytes([2])) }
        await expectObjectStoreError(.accessDenied) { try await reader.delete(key) }
        #expect(try await reader.get(key) == [1])
    }

    @Test func `a bucket that does not exist is told apart from an object`() async throws {
        let bucket = try await Servers.bucket(prefix: "p", name: "no-such-bucket")
        let key = try ObjectKey("a")
        await expectObjectStoreError(.bucketNotFound) { _ = try await bucket.list(prefix: "") }
        await expectObjectStoreError(.bucketNotFound) { _ = try await bucket.get(key) }
    }

    @Test func `a server that is busy for a while is asked again`() async throws {
        let bucket = try bucket("flaky")
        #expect(try await bucket.get(try ObjectKey("2-get")) == Array("content".utf8))
        #expect(try await bucket.put(try ObjectKey("3-put"), .bytes([1, 2])) == .stored)
        var streamed: [UInt8] = []
        for try await piece in try await bucket.stream(try ObjectKey("1-stream")) { streamed += piece }
        #expect(streamed == Array("content".utf8))
        #expect(try await attempts("2-get") == 3)
        #expect(try await attempts("3-put") == 4)
        #expect(try await attempts("1-stream") == 2)
    }

    @Test func `a server that stays busy is given up after the attempts allowed`() async throws {
        let bucket = try bucket("flaky", attemptsMax: 3)
        let error = await expectObjectStoreError(.unavailable) { _ = try await bucket.get(try ObjectKey("99-get")) }
        #expect(error?.isTransient == true)
        #expect(error?.cause == "503 SlowDown: busy")
        #expect(try await attempts("99-get") == 3)
        await expectObjectStoreError(.unavailable) { _ = try await bucket.stream(try ObjectKey("99-stream")) }
    }

    @Test func `a refusal is not asked again`() async throws {
        await expectObjectStoreError(.notFound) { _ = try await bucket("refusing").get(try ObjectKey("x")) }
        #expect(try await attempts("x") == 1)
    }

    @Test func `a server that is away is unavailable`() async throws {
        let bucket = try bucket("any-bucket", port: "closedPort")
        await expectObjectStoreError(.unavailable) { _ = try await bucket.get(try ObjectKey("x")) }
        await expectObjectStoreError(.unavailable) { _ = try await bucket.list(prefix: "") }
        await expectObjectStoreError(.unavailable) { try await bucket.put(try ObjectKey("x"), .bytes([1])) }
    }

    @Test func `an answer that is no listing is called so`() async throws {
        await expectObjectStoreError(.invalidResponse) { _ = try await bucket("nonsense").list(prefix: "") }
    }

    @Test func `two prefixes of one bucket do not see each other`() async throws {
        let (one, two) = (try await Servers.bucket(prefix: "one/x"), try await Servers.bucket(prefix: "one/y"))
        let key = try ObjectKey("same")
        try await one.put(key, .bytes([1]))
        try await two.put(key, .bytes([2]))
        #expect(try await one.get(key) == [1])
        #expect(try await two.list(prefix: "").objects.map(\.key) == [key])
        #expect(
            try await Servers.bucket(prefix: "one").list(prefix: "").objects.map(\.key.text) == ["x/same", "y/same"])
    }
}
