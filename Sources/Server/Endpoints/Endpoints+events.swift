import HTTPTypes
import Hummingbird
import Model
import Store

extension Endpoints {
    var eventRoutes: [Route] {
        [
            Route(.get, "/events", .reader, bodyBytesMax: 0, eventStream),
            Route(.get, "/api/v1/events", .person, bodyBytesMax: 0, timeout: .seconds(90), events),
        ]
    }

    /// Events after one, oldest first, waiting for the first if asked to; without `after`, the newest.
    private func events(_ call: Call) async throws -> Response {
        let after = try call.query("after", as: EventID.self)
        let limit = try call.limit(default: 100, atMost: 1000)
        let patience = try call.wait()
        let events = try await longPoll.run(for: patience) {
            !$0.isEmpty
        } look: {
            try await after == nil ? newestEvents(limit) : store.events(after: after, limit: limit)
        }
        return try .json(EventList(events: events))
    }

    /// The newest events, oldest first.
    ///
    /// Ids may be missing, so the look begins further back while too few are found.
    private func newestEvents(_ limit: Int) async throws -> [Event] {
        guard let latest = try await store.latestEvent() else { return [] }
        var span = Int64(limit)
        while true {
            let start = max(0, latest.rawValue - span)
            let events = try await store.events(after: EventID(rawValue: start), limit: Int(min(span * 2, 10_000)))
            if events.count >= limit || start == 0 || span >= 5_000 { return Array(events.suffix(limit)) }
            span *= 4
        }
    }

    /// Server-sent events until the client goes.
    private func eventStream(_ call: Call) async throws -> Response {
        guard let place = feed.places.take() else {
            throw Problem(
                status: 503, code: "too_many_streams", detail: "too many clients follow events",
                hint: "close some, or ask GET /api/v1/events with wait=60 instead")
        }
        let lastSeen = call.request.headers[.lastEventID].flatMap { EventID($0) }
        return Response(
            status: .ok,
            headers: [.contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-store"],
            body: EventStream(feed: feed, lastSeen: lastSeen, place: place).body)
    }
}

extension HTTPField.Name {
    /// `Last-Event-ID`.
    fileprivate static let lastEventID = HTTPField.Name("Last-Event-ID") ?? .cacheControl
}
