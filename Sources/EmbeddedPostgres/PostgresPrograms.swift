import Foundation

/// An installed PostgreSQL: where its server programs are, and their major version.
public struct PostgresPrograms: Hashable, Sendable {
    /// The directory of `initdb` and `postgres`.
    public let directory: String
    /// The major version, such as 15.
    public let majorVersion: Int

    func path(of program: String) -> String { "\(directory)/\(program)" }

    /// The newest installed PostgreSQL; if `majorVersion` is given, the one of that version.
    ///
    /// - Parameters:
    ///   - majorVersion: the version that made the cluster, if there is a cluster.
    ///   - directories: where to look, instead of the usual places.
    static func find(
        majorVersion: Int?,
        in directories: [String]? = nil
    ) async throws(EmbeddedPostgresError) -> PostgresPrograms {
        var found: [PostgresPrograms] = []
        let places = if let directories { directories } else { try await usualDirectories() }
        for directory in places {
            guard let programs = try await PostgresPrograms(at: directory) else { continue }
            if programs.majorVersion == majorVersion { return programs }
            found.append(programs)
        }
        guard let newest = found.max(by: { $0.majorVersion < $1.majorVersion }) else {
            throw EmbeddedPostgresError(
                .programsMissing, "find", "PostgreSQL",
                "no server programs are installed; install them with: apt-get install postgresql "
                    + "(Fedora: dnf install postgresql-server, macOS: brew install postgresql@15), "
                    + "or name an existing database with --database-url")
        }
        guard let majorVersion else { return newest }
        let versions = found.map { String($0.majorVersion) }.joined(separator: ", ")
        throw EmbeddedPostgresError(
            .versionMismatch, "use", "a cluster of PostgreSQL \(majorVersion)",
            "installed is only version \(versions); install postgresql-\(majorVersion), or move the data with pg_dump "
                + "and a fresh data directory")
    }

    private init?(at directory: String) async throws(EmbeddedPostgresError) {
        let needed = ["initdb", "postgres"].map { "\(directory)/\($0)" }
        guard needed.allSatisfy(FileManager.default.isExecutableFile(atPath:)) else { return nil }
        let version = try await Command("\(directory)/postgres", "--version").run(as: nil).output
        guard let major = Self.majorVersion(in: version) else { return nil }
        self.directory = directory
        majorVersion = major
    }

    /// Reads what `postgres --version` prints, such as "postgres (PostgreSQL) 15.18 (Debian 15.18-0)".
    static func majorVersion(in text: String) -> Int? {
        guard let number = text.split(separator: ") ").dropFirst().first else { return nil }
        return Int(number.prefix(while: \.isNumber))
    }

    /// Where packages put the programs, and where `pg_config` says they are.
    private static func usualDirectories() async throws(EmbeddedPostgresError) -> [String] {
        var directories: [String] = []
        let places = [
            ("/usr/lib/postgresql", "", "bin"), ("/usr", "pgsql-", "bin"), ("/usr/local/pgsql", "bin", ""),
            ("/opt/homebrew/opt", "postgresql@", "bin"), ("/usr/local/opt", "postgresql@", "bin"),
        ]
        for (parent, prefix, suffix) in places {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
            for name in names.sorted() where name.hasPrefix(prefix) {
                directories.append(suffix.isEmpty ? "\(parent)/\(name)" : "\(parent)/\(name)/\(suffix)")
            }
        }
        let config = try await Command("/bin/sh", "-c", "pg_config --bindir").run(as: nil)
        if config.isSuccess { directories.append(config.output.trimmingCharacters(in: .whitespacesAndNewlines)) }
        return directories
    }
}
