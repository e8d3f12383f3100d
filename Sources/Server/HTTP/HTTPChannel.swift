import Foundation
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// HTTP/1 connections on which a ``WebhookDoor`` takes what git hosts deliver, and the router all else.
struct HTTPChannel: HTTPChannelHandler {
    typealias Value = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>

    let responder: Responder
    let webhooks: WebhookIntake
    let limits: ServerLimits

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            try boundStalls(of: channel)
            try Self.boundReads(of: channel)
            let pipeline = channel.pipeline.syncOperations
            try pipeline.configureHTTPServerPipeline(
                withPipeliningAssistance: false, withErrorHandling: false, withOutboundHeaderValidation: false,
                withEncoderConfiguration: .init(), withDecoderLimitConfiguration: Self.headerLimits)
            try pipeline.addHandler(HTTPCodec())
            try pipeline.addHandler(HTTPConnectionStateHandler(idleTimeout: limits.idleTimeout, logger: logger))
            // Behind what closes connections that are idle or that a shutdown ends, so that it knows of deliveries.
            try pipeline.addHandler(WebhookDoor(webhooks, peer: channel.remoteAddress))
            return try NIOAsyncChannel(
                wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true))
        }
    }

    func handle(value: Value, logger: Logger) async {
        await handleHTTP(asyncChannel: value, logger: logger)
    }

    private static var headerLimits: NIOHTTPDecoderLimitConfiguration {
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderListSize = 80 << 10
        limits.maxHeaderFieldCount = 1_000
        return limits
    }

    /// Has a connection read little at once.
    ///
    /// What is read is parsed whole, before anything behind the parser can say that it is enough; and a request of 18
    /// bytes takes some 300 then.
    static func boundReads(of channel: any Channel) throws {
        let buffers = AdaptiveRecvByteBufferAllocator(minimum: 512, initial: 2_048, maximum: 16 << 10)
        try channel.syncOptions?.setOption(.recvAllocator, value: buffers)
        try channel.syncOptions?.setOption(.maxMessagesPerRead, value: 1)
    }

    /// Has the system close a connection whose other end takes nothing of what waits for it: only the system knows what
    /// was taken, since most of what waits is in its buffers.
    private func boundStalls(of channel: any Channel) throws {
        #if os(Linux)
            // tcp(7)
            let milliseconds = SocketOptionValue(limits.stallTimeout / .milliseconds(1))
            let option = ChannelOptions.Types.SocketOption(
                level: SocketOptionLevel(IPPROTO_TCP), name: SocketOptionName(TCP_USER_TIMEOUT))
            try channel.syncOptions?.setOption(option, value: milliseconds)
        #endif
    }
}
