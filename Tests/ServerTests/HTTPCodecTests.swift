import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTP1
import NIOHTTPTypes
import Testing

@testable import Server

/// What the codec makes of bytes, and of answers.
@Suite struct HTTPCodecTests {
    /// The far end of a wire that takes what is written only when it is told to.
    private final class Blockage: ChannelOutboundHandler {
        typealias OutboundIn = IOData

        var writes: [EventLoopPromise<Void>] = []
        var isClosed = false

        func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
            if let promise { writes.append(promise) }
        }

        func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
            isClosed = true
            promise?.succeed()
        }
    }

    /// A channel on which both sides are played by the test.
    private struct Wire {
        let channel = EmbeddedChannel()

        init(behind blockage: Blockage? = nil) throws {
            let pipeline = channel.pipeline.syncOperations
            if let blockage { try pipeline.addHandler(blockage) }
            try pipeline.configureHTTPServerPipeline(
                withPipeliningAssistance: false, withErrorHandling: false, withOutboundHeaderValidation: false,
                withEncoderConfiguration: .init(), withDecoderLimitConfiguration: .init())
            try pipeline.addHandler(HTTPCodec())
            channel.pipeline.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 1), promise: nil)
        }

        func hear(_ text: String) throws {
            try channel.writeInbound(ByteBuffer(string: text))
        }

        /// The first lines of what was asked, by their `Connection` and `Expect`.
        func asked() throws -> [String] {
            var heads: [String] = []
            while let part = try channel.readInbound(as: HTTPRequestPart.self) {
                guard case .head(let head) = part else { continue }
                heads.append("\(head.headerFields[.connection] ?? "-") \(head.headerFields[.expect] ?? "-")")
            }
            return heads
        }

        /// Answers with two bytes, and returns what is then sent.
        func answer(_ status: HTTPResponse.Status = .ok, length: Int? = 2) throws -> String {
            var head = HTTPResponse(status: status)
            head.headerFields[.contentLength] = length.map(String.init)
            channel.write(HTTPResponsePart.head(head), promise: nil)
            channel.write(HTTPResponsePart.body(ByteBuffer(string: "ok")), promise: nil)
            channel.writeAndFlush(HTTPResponsePart.end(nil), promise: nil)
            return try said()
        }

        func askForBody() throws -> String {
            channel.writeAndFlush(HTTPResponsePart.head(HTTPResponse(status: .continue)), promise: nil)
            return try said()
        }

        private func said() throws -> String {
            var text = ""
            while let bytes = try channel.readOutbound(as: ByteBuffer.self) { text += String(buffer: bytes) }
            return text
        }
    }

    @Test func `a connection reads little at once, since all of it is parsed`() throws {
        let channel = EmbeddedChannel()
        try HTTPChannel.boundReads(of: channel)
        var bytes = 0
        for (option, value) in channel.options {
            if let buffers = value as? AdaptiveRecvByteBufferAllocator { bytes = buffers.maximum }
            if option is ChannelOptions.Types.MaxMessagesPerReadOption { #expect(value as? UInt == 1) }
        }
        #expect(channel.options.count == 2 && bytes == 16 << 10)
    }

    private static let held = "POST / HTTP/1.1\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n"

    @Test(arguments: ["", "Connection: close\r\n", "Connection: keep-alive\r\nTransfer-Encoding: chunked\r\n"])
    func `a request of HTTP 1.0 is the last unless it says otherwise, and is framed as they were`(_ field: String)
        throws
    {
        let wire = try Wire()
        try wire.hear("POST / HTTP/1.0\r\n\(field)Expect: 100-continue\r\n\r\n")
        #expect(try wire.asked() == ["close -"])
        if field.contains("chunked") { try wire.hear("0\r\n\r\n") }
        #expect(try wire.askForBody().isEmpty)
        #expect(try wire.answer() == "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nconnection: close\r\n\r\nok")
        #expect(!wire.channel.isActive)
    }

    @Test func `only what is asked in HTTP 1.0 is told that the connection is kept`() throws {
        let wire = try Wire()
        try wire.hear("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET / HTTP/1.1\r\n\r\n")
        #expect(try wire.asked() == ["keep-alive -", "- -"])
        #expect(try wire.answer().contains("\r\nconnection: keep-alive\r\n"))
        #expect(try wire.answer() == "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        #expect(wire.channel.isActive)
        _ = try wire.channel.finish()
    }

    @Test func `an answer without a length comes to HTTP 1.0 without chunks, and ends the connection`() throws {
        let wire = try Wire()
        try wire.hear("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
        #expect(try wire.answer(length: nil) == "HTTP/1.0 200 OK\r\nconnection: close\r\n\r\nok")
        #expect(!wire.channel.isActive)
    }

    @Test func `whoever says that a request is the last is told so by its answer alone`() throws {
        let wire = try Wire()
        try wire.hear("GET / HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\nConnection: close\r\n\r\n")
        #expect(try !wire.answer().contains("connection"))
        #expect(wire.channel.isActive)
        #expect(try wire.answer().contains("\r\nconnection: close\r\n"))
        #expect(!wire.channel.isActive)
    }

    @Test func `a body that is held back is asked for once`() throws {
        let wire = try Wire()
        try wire.hear(Self.held)
        #expect(try wire.askForBody() == "HTTP/1.1 100 Continue\r\n\r\n")
        #expect(try wire.askForBody().isEmpty)
        try wire.hear("{}")
        #expect(try wire.answer() == "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        #expect(wire.channel.isActive)
        _ = try wire.channel.finish()
    }

    @Test func `a body that has begun to come is not asked for`() throws {
        let wire = try Wire()
        try wire.hear(Self.held + "{")
        #expect(try wire.askForBody().isEmpty)
        try wire.hear("}")
        #expect(try !wire.answer().contains("connection"))
        _ = try wire.channel.finish()
    }

    @Test func `an earlier answer neither asks for a body that is held back nor refuses it`() throws {
        let wire = try Wire()
        try wire.hear("GET / HTTP/1.1\r\n\r\n" + Self.held)
        #expect(try wire.askForBody().isEmpty)
        #expect(try wire.answer() == "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        #expect(try wire.askForBody() == "HTTP/1.1 100 Continue\r\n\r\n")
        try wire.hear("{}")
        _ = try wire.channel.finish()
    }

    @Test func `a body that nobody asks for is refused with the connection`() throws {
        let wire = try Wire()
        try wire.hear(Self.held)
        let answer = try wire.answer(.notFound)
        #expect(answer == "HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\nconnection: close\r\n\r\nok")
        #expect(!wire.channel.isActive)
    }

    @Test(arguments: [16, 17])
    func `behind an answer that came early only so much of the body is read`(mebibytes: Int) throws {
        let wire = try Wire()
        try wire.hear("POST / HTTP/1.1\r\nContent-Length: \(mebibytes << 20)\r\n\r\n")
        #expect(try !wire.answer(.notFound).contains("connection"))
        let piece = ByteBuffer(repeating: 0, count: 1 << 20)
        for _ in 0..<mebibytes where wire.channel.isActive { try wire.channel.writeInbound(piece) }
        #expect(wire.channel.isActive == (mebibytes == 16))
        guard wire.channel.isActive else { return }
        try wire.hear("GET / HTTP/1.1\r\n\r\n")
        #expect(try wire.answer() == "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        _ = try wire.channel.finish()
    }

    @Test(arguments: ["close", "keep-alive"])
    func `a connection ends only when what was said on it is written`(_ option: String) throws {
        let blockage = Blockage()
        let wire = try Wire(behind: blockage)
        try wire.hear("GET / HTTP/1.1\r\nConnection: \(option)\r\n\r\n")
        _ = try wire.answer()
        wire.channel.close(mode: .output, promise: nil)
        #expect(!blockage.isClosed)
        for write in blockage.writes { write.succeed() }
        #expect(blockage.isClosed)
    }
}
