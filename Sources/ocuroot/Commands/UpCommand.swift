import ArgumentParser
import EmbeddedPostgres
import Foundation
import Logging
import ObjectStore
import Server
import ServiceLifecycle

/// The command `ocuroot up`.
struct UpCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "up",
        abstract: "Start everything in one process, on a database of its own.",
        discussion: """
            Makes and owns a private PostgreSQL cluster under the data directory, keeps logs there, watches the given \
            repositories, and runs builds and deployments on this machine. Prints 'ocuroot is ready at http://…' once \
            it accepts. SIGTERM and Ctrl-C end it; a start after a crash carries on where it was.

            The status page is open to everyone who can connect; all else needs the key in DIR/api-key, which \
            commands on this machine find by themselves.

            EXAMPLES
              ocuroot up --repo https://github.com/acme/shop.git
              ocuroot up --data-dir ./state --listen 127.0.0.1:0 --repo . --poll 2s
            """)

    @Option(help: ArgumentHelp("Where everything is kept.", valueName: "dir"))
    var dataDir: String?

    @OptionGroup(title: "Serving") var options: ServeOptions

    mutating func run() async throws {
        options.bootstrapLogging()
        let chosen = DataDirectory.chosen(dataDir ?? Surroundings.current["OCUROOT_DATA_DIR"])
        try await Self.checkReach(of: chosen)
        let directory = try DataDirectory.make(at: chosen.path)
        let lock = try DirectoryLock(directory)
        try options.listen.check()
        defer { withExtendedLifetime(lock) {} }
        let logger = Logger(label: "up")
        let database = EmbeddedDatabase(EmbeddedCluster(directory: directory.path, logger: Logger(label: "postgres")))
        let registry = ServerRegistry(path: Surroundings.current.registryDirectory)
        let apiKey = try APIKeyFile.readOrMake(directory.apiKeyFile)
        let keys = try options.masterKeyFile.map(MasterKeys.read) ?? MasterKeys.readOrMake(directory.masterKeyFile)
        let announcement = Announcement(
            directory: directory, listen: options.listen, registry: registry, ownKey: apiKey, logger: logger)
        let settings = options.settings(
            directory: directory, apiKey: apiKey, keys: keys,
            isAnonymousReadAllowed: true, ownsDatabase: true, hidden: ["OCUROOT_", "PG"]
        ) { await announcement.ready(port: $0) }
        let plane = ControlPlane(
            settings: settings, bucket: try DirectoryBucket(path: directory.objects), logger: logger,
            database: { try await database.connection() })
        try await Serving.run([announcement, database, plane], logger: logger)
        announcement.withdraw()
    }

    /// Refuses a directory that the database could not get to, before anything is made there.
    private static func checkReach(of directory: DataDirectory) async throws {
        do {
            try await EmbeddedCluster.checkReach(of: directory.path)
        } catch {
            throw CommandError("\(error)", hint: "name another directory with --data-dir")
        }
    }
}
