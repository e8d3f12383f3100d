import Foundation
import Git
import HTTPClient
import Logging
import Model
import ObjectStore
import Postgres
import Repositories
import Server
import ServiceLifecycle
import Store

/// Everything but the database's own process: state, controllers and the listener, started in order.
struct ControlPlane: Service {
    /// Statements of this process that run at once.
    private static let connectionsMax = 20

    let settings: ControlPlaneSettings
    let bucket: any ObjectBucket
    let logger: Logger
    /// Waits until the database answers, and says how to connect to it.
    let database: @Sendable () async throws -> String

    /// Runs until a graceful shutdown begins: work that is begun comes to its end first, then the listener closes.
    func run() async throws {
        let pool = PostgresPool(conninfo: try await database(), maxConnections: Self.connectionsMax)
        do {
            try await serve(StateStore(pool: pool, keys: settings.keys))
        } catch {
            await pool.close()
            throw error
        }
        await pool.close()
    }

    private func serve(_ store: StateStore) async throws {
        do throws(StoreError) {
            try await store.migrate()
        } catch {
            throw UnusableDatabase.asCommandError(error, isOwn: settings.ownsDatabase)
        }
        if settings.ownsDatabase { try await store.releaseWork() }
        let count = try await store.resealWebhookSecrets()
        if count > 0 { logger.info("webhooks' secrets are sealed anew", metadata: ["count": "\(count)"]) }
        try await watch(settings.repos, store)
        let repositories = RepositorySet(directory: settings.directory.mirrors)
        let server = try WebServer(
            settings.server, store: store, bucket: bucket, probe: probe, commits: commits(in: repositories),
            send: send, logger: logger(named: "http"), onReady: settings.onReady)
        let services: [any Service] = [StoreListening(store: store, logger: logger(named: "store")), server]
        var configuration = ServiceGroupConfiguration(
            services: (services + controllers(store, repositories)).map { .init(service: $0) },
            logger: logger(named: "services"))
        configuration.maximumGracefulShutdownDuration = settings.drain
        try await ServiceGroup(configuration: configuration).run()
    }

    /// Adds the repos that are not watched yet.
    private func watch(_ urls: [String], _ store: StateStore) async throws {
        let known = Set(try await store.repos().map(\.url))
        for url in urls where !known.contains(url) {
            _ = try await store.transaction(as: "up") { tx throws(StoreError) in
                try await tx.addRepo(url: url, refs: [])
            }
            logger.info("a repository is watched from now on", metadata: ["url": "\(RepoURL.withoutPassword(url))"])
        }
    }

    /// Reads the refs of a remote from a directory that is gone afterwards.
    private var probe: RepoProbe {
        { [directory = settings.directory] url in
            let scratch = "\(directory.mirrors)/probe-\(UUID().uuidString)"
            try FileManager.default.createDirectory(atPath: scratch, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(atPath: scratch) }
            _ = try await Mirror(directory: scratch + "/mirror.git", url: try RemoteURL(url)).remoteTips()
        }
    }

    /// Posts a delivery as a git host would.
    private var send: WebhookSend {
        { url, headers, body in
            var request = HTTPRequest(.post, url, body: .bytes(body))
            for (name, value) in headers { request.headers[name] = value }
            request.timeouts.total = .seconds(15)
            return try await HTTPSession().send(request).status
        }
    }

    /// Fetches a commit into its repo's mirror unless it is there, and reads what it brought.
    private func commits(in repositories: RepositorySet) -> CommitProbe {
        { repo, commit, old in
            do {
                try await repositories.mirror(of: repo.id, url: repo.url).ensure(commit)
            } catch let error as GitError where error.code == .missingObject {
                return nil
            }
            let reader = try await repositories.reader(of: repo.id, url: repo.url, needing: [commit])
            return try await reader.push(from: old, to: commit, besides: []).commits
        }
    }

    /// A logger for a part of this process.
    func logger(named label: String) -> Logger {
        var logger = Logger(label: label)
        logger.logLevel = self.logger.logLevel
        return logger
    }
}

extension ControlPlane: CustomStringConvertible {
    /// A name for logs.
    var description: String { "ControlPlane" }
}
