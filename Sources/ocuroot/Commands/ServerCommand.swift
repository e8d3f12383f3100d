import ArgumentParser
import Foundation
import HTTPClient
import Logging
import ObjectStore
import Server
import ServiceLifecycle

/// The command `ocuroot server`.
struct ServerCommand: AsyncParsableCommand {
    /// A shorter key could be guessed.
    private static let keyCharactersMin = 16

    static let configuration = CommandConfiguration(
        commandName: "server",
        abstract: "Serve on a PostgreSQL and an object store that you run.",
        discussion: """
            The same as 'up' for production; any number of replicas may run side by side on one database. Needs \
            OCUROOT_API_KEY, at least 16 characters. For s3:// the credentials are AWS_ACCESS_KEY_ID and \
            AWS_SECRET_ACCESS_KEY. Credentials of repositories and secrets of webhooks are stored under the master \
            key, OCUROOT_MASTER_KEY or --master-key-file, the same on each replica.

            EXAMPLES
              export OCUROOT_DATABASE_URL=postgresql://ocuroot@a,b/ocuroot
              export OCUROOT_API_KEY=$(openssl rand -hex 32) OCUROOT_MASTER_KEY=$(openssl rand -hex 32)
              ocuroot server --object-store dir:/srv/ocuroot
              ocuroot server --listen 0.0.0.0:8642 \\
                --object-store 's3://bucket?endpoint=https://s3.example.com&region=eu'
            """)

    @Option(help: ArgumentHelp("How libpq connects; OCUROOT_DATABASE_URL unless given.", valueName: "url"))
    var databaseUrl: String?

    @Option(
        help: ArgumentHelp(
            "dir:PATH or s3://BUCKET?endpoint=URL&region=NAME; OCUROOT_OBJECT_STORE unless given.",
            valueName: "address"))
    var objectStore: String?

    @Option(help: ArgumentHelp("Where mirrors and worktrees are kept.", valueName: "dir"))
    var dataDir: String?

    @OptionGroup(title: "Serving") var options: ServeOptions

    mutating func run() async throws {
        options.bootstrapLogging()
        let surroundings = Surroundings.current
        let apiKey = try Self.apiKey(surroundings)
        guard let connection = databaseUrl ?? surroundings["OCUROOT_DATABASE_URL"] else {
            throw CommandError(
                "no database was named", hint: "give --database-url or set OCUROOT_DATABASE_URL", status: .usage)
        }
        guard let store = objectStore ?? surroundings["OCUROOT_OBJECT_STORE"] else {
            throw CommandError(
                "no object store was named", hint: "give --object-store dir:PATH or s3://…", status: .usage)
        }
        let bucket = try ObjectStoreOption.bucket(store, surroundings)
        let directory = try DataDirectory.make(at: dataDir ?? surroundings["OCUROOT_DATA_DIR"])
        let lock = try DirectoryLock(directory)
        try options.listen.check()
        defer { withExtendedLifetime(lock) {} }
        let keys = try MasterKeys.given(file: options.masterKeyFile, surroundings)
        let logger = Logger(label: "server")
        let announcement = Announcement(
            directory: directory, listen: options.listen, registry: nil, ownKey: nil, logger: logger)
        let settings = options.settings(
            directory: directory, apiKey: apiKey, keys: keys, isAnonymousReadAllowed: false, ownsDatabase: false,
            hidden: store.hasPrefix("s3://") ? ["OCUROOT_", "PG", "AWS_"] : ["OCUROOT_", "PG"]
        ) { await announcement.ready(port: $0) }
        let plane = ControlPlane(settings: settings, bucket: bucket, logger: logger, database: { connection })
        try await Serving.run([announcement, plane], logger: logger)
        announcement.withdraw()
    }

    private static func apiKey(_ surroundings: Surroundings) throws -> String {
        guard let key = surroundings["OCUROOT_API_KEY"], key.count >= keyCharactersMin else {
            throw CommandError(
                "OCUROOT_API_KEY is missing or shorter than \(keyCharactersMin) characters",
                hint: "make one with: openssl rand -hex 32", status: .usage)
        }
        return key
    }
}
