import HTTPClient
import Model
import Testing

@testable import Server

@Suite struct EventStreamTests {
    @Test func `what happens is sent to whoever follows`() async throws {
        try await TestServer.with(isAnonymousReadAllowed: true) { server in
            let stream = try await server.follow()
            #expect(stream.headers["Content-Type"] == "text/event-stream; charset=utf-8")
            var events = stream.events().makeAsyncIterator()
            _ = try await server.addRepo()
            let event = try #require(try await events.next())
            #expect(event.name == "status")
            let id = try #require(event.id.flatMap { EventID($0) })
            #expect(event.data.contains("\"id\":\"\(id)\""))
        }
    }

    @Test func `who comes back gets what was missed`() async throws {
        try await TestServer.with(isAnonymousReadAllowed: true) { server in
            var first = try await server.follow().events().makeAsyncIterator()
            _ = try await server.addRepo("file:///one")
            let seen = try #require(try await first.next()?.id)
            _ = try await server.addRepo("file:///two")
            let next = try #require(try await first.next()?.id)
            var again = try await server.follow(lastSeen: seen).events().makeAsyncIterator()
            #expect(try await again.next()?.id == next)
        }
    }

    @Test func `who comes back after too long is told to look again`() async throws {
        try await TestServer.with(isAnonymousReadAllowed: true) { server in
            var events = try await server.follow(lastSeen: "v999999").events().makeAsyncIterator()
            let event = try #require(try await events.next())
            #expect(event.name == "status")
            #expect(event.data == "{}")
        }
    }

    @Test func `no more clients follow than are allowed`() async throws {
        let limits = ServerLimits(eventStreamsMax: 1)
        try await TestServer.with(isAnonymousReadAllowed: true, limits: limits) { server in
            let first = try await server.follow()
            #expect(first.status == 200)
            let second = try await server.follow()
            #expect(second.status == 503)
            withExtendedLifetime(first) {}
        }
    }

    @Test func `events are listed from a given one on, and waited for`() async throws {
        try await TestServer.with { server in
            _ = try await server.addRepo("file:///one")
            let all: EventList = try await server.get("/api/v1/events")
            let last = try #require(all.events.last?.id)
            async let waited: EventList = server.get("/api/v1/events?after=\(last)&wait=60")
            _ = try await server.addRepo("file:///two")
            let more = try await waited
            #expect(more.events.allSatisfy { $0.id > last })
            #expect(!more.events.isEmpty)
            let newest: EventList = try await server.get("/api/v1/events?limit=1")
            #expect(newest.events.map(\.id) == [more.events.last?.id])
        }
    }
}

extension TestServer {
    fileprivate func follow(lastSeen: String? = nil) async throws -> HTTPResponseStream {
        var request = request(.get, "/events", token: nil)
        if let lastSeen { request.headers["Last-Event-ID"] = lastSeen }
        request.timeouts = .stream
        request.bodyBytesMax = nil
        return try await session.open(request)
    }
}
