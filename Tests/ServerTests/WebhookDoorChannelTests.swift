import HTTPTypes
import Logging
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import Testing

@testable import Server

/// What the door does to the channel that it stands in.
@Suite struct WebhookDoorChannelTests {
    private final class Reads: ChannelOutboundHandler {
        typealias OutboundIn = HTTPResponsePart

        var count = 0

        func read(context: ChannelHandlerContext) {
            count += 1
            context.read()
        }
    }

    private static func post(_ path: String, _ channel: EmbeddedChannel) throws {
        try channel.writeInbound(
            HTTPRequestPart.head(HTTPRequest(method: .post, scheme: "http", authority: "localhost", path: path)))
        try channel.writeInbound(HTTPRequestPart.end(nil))
    }

    private static func answers(_ channel: EmbeddedChannel) throws -> Int {
        var count = 0
        while let part = try channel.readOutbound(as: HTTPResponsePart.self) {
            if case .end = part { count += 1 }
        }
        return count
    }

    private static func door(_ server: TestServer) throws -> WebhookDoor {
        var limits = ServerLimits()
        limits.webhooksPerSecond = 1_000_000
        let intake = try WebhookIntake(
            .init(host: "localhost", port: 0, apiKey: "", isAnonymousReadAllowed: false, limits: limits),
            store: server.store, send: { _, _, _ in 200 }, logger: Logger(label: "test"))
        return WebhookDoor(intake, peer: nil)
    }

    @Test func `whoever does not read its answers is not read from`() async throws {
        try await TestServer.with { server in try Self.stuff(try Self.door(server)) }
    }

    @Test func `a forgery is refused without a task of its own`() async throws {
        try await TestServer.with { server in try Self.forge(try Self.door(server)) }
    }

    private static func forge(_ door: WebhookDoor) throws {
        let channel = EmbeddedChannel(handler: door)
        var answered = 0
        for _ in 0..<1_000 {
            try post("/webhooks/github/nobody", channel)
            answered += try answers(channel)
        }
        #expect(answered == 1_000, "each is answered as soon as it is there")
        _ = try channel.finish()
    }

    private static func stuff(_ door: WebhookDoor) throws {
        let reads = Reads()
        let channel = EmbeddedChannel(handlers: [reads, door])
        try post("/webhooks/nobody/o1", channel)
        #expect(try answers(channel) == 1)
        channel.isWritable = false
        channel.pipeline.fireChannelWritabilityChanged()
        for _ in 0..<3 { try post("/webhooks/nobody/o1", channel) }
        reads.count = 0
        channel.read()
        #expect(try answers(channel) == 0)
        #expect(reads.count == 0)
        channel.isWritable = true
        channel.pipeline.fireChannelWritabilityChanged()
        #expect(try answers(channel) == 3)
        #expect(reads.count == 1)
        _ = try channel.finish()
    }
}
