import Foundation
import Git
import HTTPClient
import HostAPI
import Logging
import Model
import NotifyController
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
    /// Who holds the leases of this process.
    let holder = "\(ProcessInfo.processInfo.hostName):\(getpid()):\(UUID().uuidString.prefix(8))"

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
        try await tidySecrets(of: store)
        try await watch(settings.repos, store)
        let session = try HTTPSession()
        let hosts = try HTTPSession(hostConfiguration)
        let identities = HostIdentities(store: store, exchange: HostExchange(session: hosts))
        let remotes = RemoteCredentials(identities: identities, authoritiesFile: settings.authoritiesFile)
        let repositories = RepositorySet(directory: settings.directory.mirrors) { url async throws(GitError) in
            try await remotes.access(to: url)
        }
        let sender = NoticeSender(
            session: session, hosts: hosts, link: StatusLink(settings.server.publicURL), token: identities.pass(for:_:))
        let server = try WebServer(
            settings.server, store: store, bucket: bucket, probe: probe(remotes), commits: commits(in: repositories),
            hostKeys: hostKeys(remotes), send: send(over: session), notices: noticeTest(sender, store),
            doors: identities.doors, logger: logger(named: "http"), onReady: settings.onReady)
        let services: [any Service] = [StoreListening(store: store, logger: logger(named: "store")), server]
        var configuration = ServiceGroupConfiguration(
            services: (services + controllers(store, repositories) + notifiers(store, sender)).map {
                .init(service: $0)
            },
            logger: logger(named: "services"))
        configuration.maximumGracefulShutdownDuration = settings.drain
        try await ServiceGroup(configuration: configuration).run()
    }

    /// How the APIs of git hosts are talked to: trusted by the same authorities as their repositories.
    private var hostConfiguration: HTTPSession.Configuration {
        var configuration = HTTPSession.Configuration()
        configuration.certificateAuthoritiesPath = settings.authoritiesFile
        return configuration
    }

    /// Seals everything under the newest master key, and moves passwords out of URLs.
    private func tidySecrets(of store: StateStore) async throws {
        let reports = [
            ("webhooks", try await store.resealWebhookSecrets()), ("credentials", try await store.resealCredentials()),
            ("notice targets", try await store.resealNoticeCredentials()),
        ]
        for (name, report) in reports {
            if report.resealed > 0 {
                logger.info("secrets of \(name) are sealed anew", metadata: ["count": "\(report.resealed)"])
            }
            if report.unreadable > 0 {
                logger.error(
                    "stored secrets of \(name) cannot be opened: give the server the master key that it had before, too",
                    metadata: ["count": "\(report.unreadable)"])
            }
        }
        let moved = try await store.moveCredentialsOutOfURLs()
        if moved > 0 { logger.notice("passwords of URLs are credentials now", metadata: ["count": "\(moved)"]) }
    }

    /// Adds the repos that are not watched yet; what is a credential in a URL is kept as one.
    private func watch(_ urls: [String], _ store: StateStore) async throws {
        var known = Set(try await store.repos().map(\.url))
        for url in urls {
            let split = store.canKeepSecrets ? RepoURL.splitCredentials(url) : nil
            let place = split.flatMap { $0.credential.problem == nil ? RemotePlace($0.url) : nil }
            let clean = place == nil ? url : split?.url ?? url
            let isNew = known.insert(clean).inserted
            try await store.transaction(as: "up") { tx throws(StoreError) in
                if isNew { _ = try await tx.addRepo(url: clean, refs: []) }
                if let split, let place {
                    _ = try await tx.putCredential(split.credential, for: place, facts: split.credential.facts)
                }
            }
            guard isNew else { continue }
            logger.info("a repository is watched from now on", metadata: ["url": "\(RepoURL.withoutPassword(url))"])
        }
    }

    /// Reads the refs of a remote.
    private func probe(_ remotes: RemoteCredentials) -> RepoProbe {
        { [scratch] url in
            try await scratch.withMirror(of: url, remotes) { mirror in _ = try await mirror.remoteTips() }
        }
    }

    /// Posts a delivery as a git host would.
    private func send(over session: HTTPSession) -> WebhookSend {
        { url, headers, body in
            var request = HTTPRequest(.post, url, body: .bytes(body))
            for (name, value) in headers { request.headers[name] = value }
            request.timeouts.total = .seconds(15)
            return try await session.send(request).status
        }
    }

    /// Reads the key of an ssh host.
    private func hostKeys(_ remotes: RemoteCredentials) -> HostKeyProbe {
        { [scratch] url in
            try await scratch.withMirror(of: url, remotes) { mirror in
                let key = try await mirror.hostKey()
                return HostKeyReport(
                    type: key.type, fingerprint: key.fingerprint,
                    knownHosts: key.knownHostsLine(host: mirror.url.host ?? "", port: mirror.url.port))
            }
        }
    }

    private var scratch: ScratchMirror { ScratchMirror(directory: settings.directory.mirrors) }

    /// Fetches a commit into its repo's mirror unless it is there, and reads what it brought.
    private func commits(in repositories: RepositorySet) -> CommitProbe {
        { repo, commit, old, others in
            do {
                try await repositories.mirror(of: repo.mirror, url: repo.url).ensure(commit)
            } catch let error as GitError where error.code == .missingObject {
                return nil
            }
            let reader = try await repositories.reader(of: repo.mirror, url: repo.url, needing: [commit])
            return try await reader.push(from: old, to: commit, besides: others).commits
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
