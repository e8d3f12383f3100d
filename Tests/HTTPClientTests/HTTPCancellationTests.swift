import HTTPClient
import Testing

@Suite struct HTTPCancellationTests {
    let session: HTTPSession

    init() throws { session = try HTTPSession() }

    /// Waits until the server has begun to handle the request of that id.
    private func waitUntilBegun(_ id: String) async throws {
        #expect(try await session.send(HTTPRequest(.get, Servers.url("/begun?id=\(id)"))).text == "begun")
    }

    /// Whether the server has noticed that the client of that id went away.
    private func hasEnded(_ id: String) async throws -> Bool {
        try await session.send(HTTPRequest(.get, Servers.url("/ended?id=\(id)"))).text == "gone"
    }

    @Test func `cancelling the task aborts the transfer`() async throws {
        let url = try Servers.url("/hold?id=cancel")
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                await expectHTTPError(.cancelled) { _ = try await session.send(HTTPRequest(.get, url)) }
            }
            try await waitUntilBegun("cancel")
            group.cancelAll()
        }
        #expect(try await hasEnded("cancel"))
    }

    @Test func `a task that is cancelled already sends nothing`() async throws {
        let url = try Servers.url("/hold?id=never")
        await withTaskGroup(of: Void.self) { group in
            group.cancelAll()
            group.addTask {
                await expectHTTPError(.cancelled) { _ = try await session.send(HTTPRequest(.get, url)) }
            }
        }
    }

    @Test func `closing the session ends what runs and refuses what comes`() async throws {
        let other = try HTTPSession()
        let url = try Servers.url("/hold?id=close")
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                await expectHTTPError(.cancelled) { _ = try await other.send(HTTPRequest(.get, url)) }
            }
            try await waitUntilBegun("close")
            other.close()
            other.close()
        }
        #expect(try await hasEnded("close"))
        await expectHTTPError(.cancelled) { _ = try await other.send(HTTPRequest(.get, url)) }
    }

    @Test func `more transfers than allowed are refused, and the place is free again afterwards`() async throws {
        var configuration = HTTPSession.Configuration()
        configuration.transfersMax = 1
        let narrow = try HTTPSession(configuration)
        let url = try Servers.url("/hold?id=narrow")
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                await expectHTTPError(.cancelled) { _ = try await narrow.send(HTTPRequest(.get, url)) }
            }
            try await waitUntilBegun("narrow")
            await expectHTTPError(.overloaded) {
                _ = try await narrow.send(HTTPRequest(.get, Servers.url("/hello")))
            }
            group.cancelAll()
        }
        #expect(try await hasEnded("narrow"))
        // One after the other, so a place that is not given back at once would show.
        for _ in 0..<50 {
            #expect(try await narrow.send(HTTPRequest(.get, Servers.url("/hello"))).text == "hello")
        }
    }

    @Test func `a hundred requests at once are all answered, over the connections allowed`() async throws {
        var configuration = HTTPSession.Configuration()
        configuration.connectionsPerHostMax = 8
        let narrow = try HTTPSession(configuration)
        let url = try Servers.url("/echo")
        let connections = try await withThrowingTaskGroup(of: String.self) { group in
            for number in 0..<100 {
                group.addTask {
                    let body = String(repeating: "b", count: number * 1000)
                    let echo = try Echo(await narrow.send(HTTPRequest(.post, url, body: .text(body))))
                    #expect(echo.count == "\(number * 1000)")
                    return echo.connection
                }
            }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect((1...8).contains(connections.count))
    }

    @Test func `cancelling half of many leaves the other half alone`() async throws {
        let url = try Servers.url("/big?bytes=200000")
        try await withThrowingTaskGroup(of: Int?.self) { group in
            for number in 0..<60 {
                group.addTask {
                    let isCancelled = number.isMultiple(of: 2)
                    return try await withThrowingTaskGroup(of: Int.self) { inner in
                        inner.addTask { try await session.send(HTTPRequest(.get, url)).body.count }
                        if isCancelled { inner.cancelAll() }
                        do {
                            return try await inner.next()
                        } catch let error as HTTPError {
                            #expect(isCancelled && error.code == .cancelled)
                            return nil
                        }
                    }
                }
            }
            let counts = try await group.reduce(into: [Int]()) { if let count = $1 { $0.append(count) } }
            #expect(counts.count >= 30)
            #expect(counts.allSatisfy { $0 == 200_000 })
        }
    }
}
