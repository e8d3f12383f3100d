import Cryptography
import Hummingbird
import HummingbirdCore
import Logging
import Model
import NIOCore
import ObjectStore
import ServiceLifecycle
import Store

/// The HTTP side of Ocuroot: API, runner protocol, live events and the status page.
public struct WebServer: Service {
    private let configuration: Configuration
    private let feed: EventFeed
    private let webhooks: WebhookIntake
    private let responder: RouterResponder<APIContext>
    private let logger: Logger
    private let onReady: @Sendable (_ port: Int) async -> Void

    /// Prepares a server; nothing is opened before ``run()``.
    ///
    /// - Parameters:
    ///   - configuration: where to listen, the API key, and the bounds.
    ///   - store: the state.
    ///   - bucket: holds logs and patches.
    ///   - probe: asks a remote for its refs.
    ///   - commits: asks a remote for a commit.
    ///   - hostKeys: asks an ssh host for its key.
    ///   - send: posts a delivery, to try a webhook.
    ///   - notices: tells a target something, to try it.
    ///   - doors: what is done at git hosts.
    ///   - logger: gets one line for each failed request.
    ///   - onReady: called once connections are accepted, with the port, also when 0 was asked for.
    /// - Throws: when OpenSSL fails.
    public init(
        _ configuration: Configuration, store: StateStore, bucket: any ObjectBucket, probe: @escaping RepoProbe,
        commits: @escaping CommitProbe, hostKeys: @escaping HostKeyProbe, send: @escaping WebhookSend,
        notices: @escaping NoticeTest, doors: HostDoors, logger: Logger,
        onReady: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
    ) throws {
        self.configuration = configuration
        self.logger = logger
        self.onReady = onReady
        feed = EventFeed(store: store, streamsMax: configuration.limits.eventStreamsMax, logger: logger)
        webhooks = try WebhookIntake(configuration, store: store, send: send, logger: logger)
        let page = try StatusPage()
        let endpoints = Endpoints(
            store: store, log: RunLog(bucket: bucket), bucket: bucket, feed: feed, probe: probe,
            commits: commits, hostKeys: hostKeys, page: page,
            tables: StatusTables(store: store, page: page, signal: feed.signal), webhooks: webhooks,
            notices: notices, doors: doors, limits: configuration.limits)
        let router = RouteTable.router(
            endpoints.routes, apiKey: try APIKey(configuration.apiKey),
            isAnonymousReadAllowed: configuration.isAnonymousReadAllowed)
        responder = router.buildResponder()
    }

    /// Serves until a graceful shutdown begins, then lets requests come to their end; streams are ended.
    public func run() async throws {
        let limits = configuration.limits
        let application = Application(
            responder: responder,
            server: HTTPServerBuilder { [webhooks] responder in
                HTTPChannel(responder: responder, webhooks: webhooks, limits: limits)
            },
            configuration: .init(
                address: .hostname(configuration.host, port: configuration.port),
                availableConnectionsDelegate: MaximumAvailableConnections(limits.connectionsMax)),
            services: [feed, webhooks.tally],
            onServerRunning: { [onReady, webhooks] channel in
                webhooks.address.listens(on: channel.localAddress?.port ?? 0)
                await onReady(channel.localAddress?.port ?? 0)
            },
            logger: logger)
        try await application.run()
    }
}

extension WebServer: CustomStringConvertible {
    /// A name for logs, which hold no key.
    public var description: String { "WebServer" }
}
