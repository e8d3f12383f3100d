import EmbeddedPostgres
import Foundation
import Logging
import Postgres
import TestSupport
import Testing

struct EmbeddedClusterTests {
    @Test func `the first start makes a durable cluster that only its socket reaches`() async throws {
        try await withDirectory { directory in
            let cluster = EmbeddedCluster(directory: directory, logger: quiet)
            let conninfo = try await cluster.start()
            try await withConnection(conninfo) { connection in
                let row = try await connection.query(
                    """
                    SELECT current_setting('fsync') AS fsync, current_setting('listen_addresses') AS addresses,
                           current_setting('server_encoding') AS encoding, current_setting('lc_collate') AS collation,
                           current_setting('data_checksums') AS checksums, current_database()::text AS database,
                           current_setting('unix_socket_permissions') AS permissions
                    """
                ).one()
                #expect(try row["fsync"] == "on")
                #expect(try row["addresses"] == "")
                #expect(try row["encoding"] == "UTF8")
                #expect(try row["collation"] == "C")
                #expect(try row["checksums"] == "on")
                #expect(try row["database"] == "ocuroot")
                #expect(try row["permissions"] == "0700")
            }
            let pid = try postmasterPID(in: directory)
            #expect(try owner(of: "/proc/\(pid)") != 0)
            #expect(getsid(pid) != getsid(0), "Ctrl-C in the terminal would reach the server")
            await cluster.stop()
            #expect(!isRunning(pid))
        }
    }

    @Test func `a second start finds what the first one stored`() async throws {
        try await withDirectory { directory in
            try await store("kept", in: directory)
            let cluster = EmbeddedCluster(directory: directory, logger: quiet)
            let conninfo = try await cluster.start()
            #expect(try await cluster.start() == conninfo)
            #expect(try await stored(conninfo) == ["kept"])
            await cluster.stop()
            await cluster.stop()
        }
    }

    @Test func `a server that a killed process left is ended and its data kept`() async throws {
        try await withDirectory { directory in
            let leftover = try await abandonServer(in: directory, storing: "kept")
            #expect(isRunning(leftover))
            let cluster = EmbeddedCluster(directory: directory, logger: quiet)
            let conninfo = try await cluster.start()
            #expect(!isRunning(leftover))
            #expect(try await stored(conninfo) == ["kept"])
            await cluster.stop()
        }
    }

    @Test func `a server that hangs is ended by force`() async throws {
        try await withDirectory { directory in
            let leftover = try await abandonServer(in: directory, storing: "kept")
            kill(leftover, SIGSTOP)
            var limits = EmbeddedCluster.Limits()
            limits.fastStop = .milliseconds(100)
            limits.immediateStop = .milliseconds(100)
            let cluster = EmbeddedCluster(directory: directory, limits: limits, logger: quiet)
            let conninfo = try await cluster.start()
            #expect(!isRunning(leftover))
            #expect(try await stored(conninfo) == ["kept"])
            await cluster.stop()
        }
    }

    @Test func `a cluster that was never completed is made anew`() async throws {
        try await withDirectory { directory in
            let unfinished = "\(directory)/postgres/data.new"
            try FileManager.default.createDirectory(atPath: "\(unfinished)/base", withIntermediateDirectories: true)
            try Data("15\n".utf8).write(to: URL(fileURLWithPath: "\(unfinished)/PG_VERSION"))
            try await store("kept", in: directory)
            #expect(!FileManager.default.fileExists(atPath: unfinished))
        }
    }

    @Test func `an initialisation whose parent was killed is ended and made anew`() async throws {
        try await withDirectory { directory in
            let unfinished = "\(directory)/postgres/data.new"
            try FileManager.default.createDirectory(atPath: unfinished, withIntermediateDirectories: true)
            let program = "\(directory)/initdb"
            // Another process writes it: what is open for writing here, in a child of any other test, cannot be started.
            try Process.run(URL(fileURLWithPath: "/bin/cp"), arguments: ["/bin/sleep", program]).waitUntilExit()
            let initdb = try run(program, "600", in: unfinished)
            let shell = try run("/bin/sleep", "600", in: unfinished)
            defer { for process in [initdb, shell] { kill(process.processIdentifier, SIGKILL) } }
            try await store("kept", in: directory)
            #expect(!isRunning(initdb.processIdentifier))
            #expect(isRunning(shell.processIdentifier), "a process that is none of PostgreSQL's was killed")
        }
    }

    @Test func `a start that is cancelled midway leaves nothing that the next one trips over`() async throws {
        try await withDirectory { directory in
            for file in ["data.new/PG_VERSION", "data/postmaster.pid"] {
                let task = Task { try await EmbeddedCluster(directory: directory, logger: quiet).start() }
                try await waitUntil("the start is at \(file)") {
                    FileManager.default.fileExists(atPath: "\(directory)/postgres/\(file)")
                }
                task.cancel()
                _ = await task.result
            }
            try await store("kept", in: directory)
        }
    }

    @Test(arguments: [2_000_000_000, Int(getpid()), Int(getppid())])
    func `a stale postmaster.pid does not keep the server from starting`(pid: Int) async throws {
        try await withDirectory { directory in
            try await store("kept", in: directory)
            let data = "\(directory)/postgres/data"
            try Data("\(pid)\n\(data)\n1\n5432\n\n\n".utf8).write(to: URL(fileURLWithPath: "\(data)/postmaster.pid"))
            let cluster = EmbeddedCluster(directory: directory, logger: quiet)
            let conninfo = try await cluster.start()
            #expect(try await stored(conninfo) == ["kept"])
            await cluster.stop()
        }
    }

    @Test func `a second owner of the directory is refused with the first one's process id`() async throws {
        try await withDirectory { directory in
            let first = EmbeddedCluster(directory: directory, logger: quiet)
            let conninfo = try await first.start()
            let error = await #expect(throws: EmbeddedPostgresError.self) {
                try await EmbeddedCluster(directory: directory, logger: quiet).start()
            }
            #expect(error?.code == .inUse)
            #expect(error?.description.contains("process \(getpid()) uses it already") == true)
            #expect(try await stored(conninfo) == [])
            await first.stop()
        }
    }

    @Test func `a directory that the server's user cannot reach is refused by name`() async throws {
        try await withDirectory { directory in
            let closed = "\(directory)/closed"
            try FileManager.default.createDirectory(
                atPath: closed, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            let cluster = EmbeddedCluster(directory: "\(closed)/in/side", logger: quiet)
            guard geteuid() == 0 else {
                // Not being root we are the server's user, and our own directory is open to us.
                _ = try await cluster.start()
                return await cluster.stop()
            }
            let error = await #expect(throws: EmbeddedPostgresError.self) { try await cluster.start() }
            #expect(error?.code == .unreachable)
            #expect(error?.description.contains("may not enter \(closed);") == true)
        }
    }

    @Test func `a data directory of another major version is refused with what to do`() async throws {
        try await withDirectory { directory in
            try await store("kept", in: directory)
            try Data("9.6\n".utf8).write(to: URL(fileURLWithPath: "\(directory)/postgres/data/PG_VERSION"))
            let error = await #expect(throws: EmbeddedPostgresError.self) {
                try await EmbeddedCluster(directory: directory, logger: quiet).start()
            }
            #expect(error?.code == .versionMismatch)
            #expect(error?.description.contains("install postgresql-9") == true)
        }
    }

    @Test func `without PostgreSQL the error says how to install it`() async throws {
        try await withDirectory { directory in
            let cluster = EmbeddedCluster(directory: directory, programDirectories: ["/nonexistent"], logger: quiet)
            let error = await #expect(throws: EmbeddedPostgresError.self) { try await cluster.start() }
            #expect(error?.code == .programsMissing)
            #expect(error?.description.contains("apt-get install postgresql") == true)
            try await store("the directory is free again", in: directory)
        }
    }

    @Test func `something else in the cluster's place is left alone`() async throws {
        try await withDirectory { directory in
            let file = "\(directory)/postgres/data/precious"
            try FileManager.default.createDirectory(
                atPath: "\(directory)/postgres/data", withIntermediateDirectories: true)
            try Data("x".utf8).write(to: URL(fileURLWithPath: file))
            let error = await #expect(throws: EmbeddedPostgresError.self) {
                try await EmbeddedCluster(directory: directory, logger: quiet).start()
            }
            #expect(error?.code == .notOurs)
            #expect(FileManager.default.fileExists(atPath: file))
        }
    }

    @Test func `a long path with spaces and quotes gets its socket elsewhere`() async throws {
        try await withDirectory { directory in
            let long = "\(directory)/it's a \"$(long)\" path/\(String(repeating: "x", count: 120))"
            try await store("kept", in: long)
            let cluster = EmbeddedCluster(directory: long, logger: quiet)
            let conninfo = try await cluster.start()
            #expect(conninfo.contains("host=/tmp/ocuroot-"))
            #expect(try await stored(conninfo) == ["kept"])
            await cluster.stop()
            let socket = conninfo.split(separator: "host=")[1].prefix { $0 != "&" }
            #expect(!FileManager.default.fileExists(atPath: String(socket)))
        }
    }

    @Test func `a start that fails says why and leaves nothing running`() async throws {
        try await withDirectory { directory in
            try await store("kept", in: directory)
            let settings = "\(directory)/postgres/data/postgresql.conf"
            let good = try String(contentsOfFile: settings, encoding: .utf8)
            try Data((good + "\nno_such_setting = 1\n").utf8).write(to: URL(fileURLWithPath: settings))
            let error = await #expect(throws: EmbeddedPostgresError.self) {
                try await EmbeddedCluster(directory: directory, logger: quiet).start()
            }
            #expect(error?.code == .start)
            #expect(error?.description.contains("no_such_setting") == true)
            try Data(good.utf8).write(to: URL(fileURLWithPath: settings))
            try await store("again", in: directory)
        }
    }
}
