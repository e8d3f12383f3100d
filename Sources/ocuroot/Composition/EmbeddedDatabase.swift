import EmbeddedPostgres
import ServiceLifecycle
import Synchronization

/// The private cluster as a service that says when it can be used.
final class EmbeddedDatabase: Service {
    private let cluster: EmbeddedCluster
    private let ready: AsyncStream<String>
    private let announce: AsyncStream<String>.Continuation

    init(_ cluster: EmbeddedCluster) {
        self.cluster = cluster
        (ready, announce) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Starts the cluster and keeps it running until a graceful shutdown begins or the task is cancelled.
    func run() async throws {
        defer { announce.finish() }
        announce.yield(try await cluster.start())
        try await cluster.run()
    }

    /// Waits until the cluster answers; asked once.
    ///
    /// - Returns: how to connect to it.
    /// - Throws: a cancellation when it will not answer any more.
    func connection() async throws -> String {
        let connection = await cancelWhenGracefulShutdown { [ready] in
            await ready.first { _ in true }
        }
        guard let connection else { throw CancellationError() }
        return connection
    }
}
