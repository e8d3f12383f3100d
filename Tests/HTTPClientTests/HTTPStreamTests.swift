import HTTPClient
import Testing

@Suite struct HTTPStreamTests {
    let session: HTTPSession

    init() throws { session = try HTTPSession() }

    private func request(_ path: String) throws -> HTTPRequest {
        var request = HTTPRequest(.get, try Servers.url(path))
        request.timeouts = .stream
        request.bodyBytesMax = nil
        return request
    }

    private func settledBytes(_ id: String) async throws -> Int {
        let text = try await session.send(HTTPRequest(.get, Servers.url("/settled?id=\(id)"))).text
        return try #require(Int(text))
    }

    private func hasEnded(_ id: String) async throws -> Bool {
        try await session.send(HTTPRequest(.get, Servers.url("/ended?id=\(id)"))).text == "gone"
    }

    @Test func `a body of any length arrives in order, in bounded pieces`() async throws {
        let count = 50_000_000
        let stream = try await session.open(request("/big?bytes=\(count)"))
        #expect(stream.headers["Content-Length"] == "\(count)")
        var received = 0
        for try await piece in stream.body {
            #expect(!piece.isEmpty && piece.count <= HTTPBodyChunks.bufferBytesMax * 2)
            received += piece.count
        }
        #expect(received == count)
    }

    @Test func `a server is held back while nobody reads, and goes on afterwards`() async throws {
        let stream = try await session.open(request("/endless?id=pause"))
        // What lies in the buffers of two sockets is the system's affair; without holding back it would be gigabytes.
        let held = try await settledBytes("pause")
        #expect(held < 32 << 20)
        var received = 0
        for try await piece in stream.body {
            received += piece.count
            if received > held + (8 << 20) { break }
        }
        #expect(received > held)
    }

    @Test func `dropping the stream aborts the transfer`() async throws {
        try await readOnePiece("/endless?id=drop")
        #expect(try await hasEnded("drop"))
    }

    private func readOnePiece(_ path: String) async throws {
        let stream = try await session.open(request(path))
        var iterator = stream.body.makeAsyncIterator()
        #expect(try await iterator.next() != nil)
    }

    @Test func `cancelling the reader ends the stream`() async throws {
        let stream = try await session.open(request("/endless?id=reader"))
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                await expectHTTPError(.cancelled) { for try await _ in stream.body {} }
            }
            group.cancelAll()
        }
        #expect(try await hasEnded("reader"))
    }

    @Test func `a stream outlives the last reference to its session`() async throws {
        let stream = try await HTTPSession().open(request("/big?bytes=5000000"))
        var received = 0
        for try await piece in stream.body { received += piece.count }
        #expect(received == 5_000_000)
    }

    @Test func `the cap holds for a stream too, after what came before it`() async throws {
        var request = try request("/endless")
        request.bodyBytesMax = 1_000_000
        let stream = try await session.open(request)
        var received = 0
        await expectHTTPError(.tooLarge) { for try await piece in stream.body { received += piece.count } }
        #expect(received <= 1_000_000)
        #expect(received > 900_000)
    }

    @Test func `a stream cut short ends with an error after its bytes`() async throws {
        let stream = try await session.open(request("/cut"))
        var received = 0
        await expectHTTPError(.connectionLost) { for try await piece in stream.body { received += piece.count } }
        #expect(received == 5)
    }

    @Test func `events are found wherever the stream is cut`() async throws {
        let stream = try await session.open(request("/events"))
        var events: [ServerSentEvent] = []
        for try await event in stream.events() { events.append(event) }
        #expect(
            events == [
                ServerSentEvent(name: "build", data: "one\ntwo", id: "7"),
                ServerSentEvent(name: "message", data: "three", id: "7"),
            ])
    }

    @Test func `an event without end is refused`() async throws {
        let stream = try await session.open(request("/long-event"))
        await expectHTTPError(.tooLarge) { for try await _ in stream.events() {} }
    }
}
