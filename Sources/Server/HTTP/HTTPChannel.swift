import HummingbirdCore
import Logging
import NIOCore

/// HTTP/1 connections on which a ``WebhookDoor`` takes what git hosts deliver, and the router all else.
struct HTTPChannel: ServerChildChannel {
    let http: HTTP1Channel
    let webhooks: WebhookIntake

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
        http.setup(channel: channel, logger: logger).flatMapThrowing { value in
            let pipeline = channel.pipeline.syncOperations
            // Behind what closes connections that are idle or that a shutdown ends, so that it knows of deliveries.
            let state = try pipeline.handler(type: HTTPConnectionStateHandler.self)
            try pipeline.addHandler(WebhookDoor(webhooks, peer: channel.remoteAddress), position: .after(state))
            return value
        }
    }

    func handle(value: HTTP1Channel.Value, logger: Logger) async {
        await http.handle(value: value, logger: logger)
    }
}
