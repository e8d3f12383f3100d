import Foundation
import Hummingbird
import Model
import ServiceLifecycle

/// One browser that follows events: what it is sent until it goes, or the server does.
struct EventStream: Sendable {
    /// A line goes out at least this often.
    private static let heartbeatInterval = Duration.seconds(15)
    /// No two writes are closer, so that a burst becomes one write.
    private static let pauseMin = Duration.milliseconds(50)

    let feed: EventFeed
    /// The `Last-Event-ID` that the client sent.
    let lastSeen: EventID?
    /// Held for as long as the stream lives.
    let place: Places.Place

    /// The response's body.
    var body: ResponseBody {
        ResponseBody { writer in
            try await write(to: &writer)
            try await writer.finish(nil)
        }
    }

    private func write(to writer: inout any ResponseBodyWriter) async throws {
        try await writer.write(ServerSentEvent.retry)
        var position = feed.newest
        if let lastSeen {
            if let known = feed.position(of: lastSeen) {
                position = known
            } else {
                try await writer.write(ServerSentEvent.message(id: nil, name: "status", data: "{}"))
            }
        }
        while !Task.isShuttingDownGracefully && !Task.isCancelled {
            let seen = feed.signal.count
            if let (events, next) = feed.events(after: position) {
                position = next
                if !events.isEmpty { try await writer.write(contentsOf: try events.map(message)) }
            } else {
                position = feed.newest
                try await writer.write(ServerSentEvent.message(id: nil, name: "status", data: "{}"))
            }
            try? await Task.sleep(for: Self.pauseMin)
            await feed.signal.wait(past: seen, atMost: Self.heartbeatInterval)
            if feed.signal.count == seen { try await writer.write(ServerSentEvent.heartbeat) }
        }
    }

    private func message(_ event: Event) throws -> ByteBuffer {
        let data = String(decoding: try JSONText.encode(event), as: UTF8.self)
        return ServerSentEvent.message(id: "\(event.id)", name: "status", data: data)
    }
}
