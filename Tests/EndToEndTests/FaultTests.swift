import Foundation
import Model
import TestSupport
import Testing

/// What survives when processes are killed.
@Suite(.serialized) struct FaultTests {
    /// A package whose deploy writes `begin N` and `end N` with a pause between them.
    private func slow(_ name: String, seconds: Double) -> FixtureFile {
        Shop.package(
            name,
            deploy: """
                    log = host.env_var("WORLD") + "/log-\(name)@" + ctx.environment.name
                    n = ctx.build.sequence
                    host.shell("echo begin %d >> '%s'; sleep \(seconds); echo end %d >> '%s'" % (n, log, n, log))
                """)
    }

    private func log(_ shop: Installation, _ placement: String) throws -> [String] {
        try shop.deployments("log-" + placement) ?? []
    }

    /// Each `begin N` is followed by its `end N`: no two deploys overlapped and none was cut off.
    private func expectPairs(_ lines: [String], sourceLocation: SourceLocation = #_sourceLocation) {
        var open: Substring?
        for line in lines {
            let words = line.split(separator: " ")
            if words[0] == "begin" {
                #expect(open == nil, "\(lines)", sourceLocation: sourceLocation)
                open = words[1]
            } else {
                #expect(open == words[1], "\(lines)", sourceLocation: sourceLocation)
                open = nil
            }
        }
        #expect(open == nil, sourceLocation: sourceLocation)
    }

    @Test func `killed ten times during twenty commits, the server loses and doubles nothing`() async throws {
        let remote = try RepositoryBuilder()
        try remote.commit("first", ["repo.ocu.star": Shop.repo(), "api/package.ocu.star": slow("api", seconds: 0.1)])
        try await Installation.with(repos: [remote.url], arguments: ["--poll", "200ms"]) { shop in
            var random = SystemRandomNumberGenerator()
            let kills = Set((1...20).shuffled(using: &random).prefix(10))
            for number in 1...20 {
                try remote.commit("change \(number)", ["api/change.txt": "\(number)"])
                guard kills.contains(number) else { continue }
                try await Task.sleep(for: .milliseconds(Int.random(in: 0...700, using: &random)))
                await shop.kill()
                try await shop.start()
            }
            let tip = try remote.tip()
            let (status, report) = try await shop.settle(timeout: "180s")
            #expect(status == 0)
            for environment in ["staging", "prod"] as [EnvironmentName] {
                #expect(try report.element("api", environment).deployed?.build.commit == tip)
                expectPairs(try log(shop, "api@\(environment)"))
            }
            let listing = try await shop.runs(package: "api")
            let builds = listing.filter { $0.run.kind == .build }
            #expect(Set(builds.map(\.change)).count == builds.count, "a Change has one Build of a package")
            #expect(Set(builds.map(\.buildSequence)).count == builds.count)
            // A kill between the start of a runner and its first call loses the attempt; another one is made.
            let failed = listing.filter {
                $0.run.state == .failed && $0.run.error?.hasPrefix("the runner was lost") != true
            }
            #expect(listing.count { $0.run.state == .failed } <= kills.count)
            #expect(failed.isEmpty, "\(failed.map { "\($0.run.id) \($0.run.kind): \($0.run.error ?? "")" })")
        }
    }

    @Test func `Postgres killed during a deploy is started again, and the deploy is recorded once`() async throws {
        let remote = try RepositoryBuilder()
        try remote.commit(
            "first", ["repo.ocu.star": Shop.repo("shop", ["prod"]), "api/package.ocu.star": slow("api", seconds: 2)])
        try await Installation.with(repos: [remote.url]) { shop in
            try await waitUntil(timeout: .seconds(60), "the deploy begins") {
                try log(shop, "api@prod").contains("begin 1")
            }
            let postgres = try #require(shop.postgresPID())
            Foundation.kill(postgres, SIGKILL)
            let (status, report) = try await shop.settle()
            #expect(status == 0)
            #expect(try report.element("api", "prod").state == .synced)
            #expect(try log(shop, "api@prod") == ["begin 1", "end 1"])
        }
    }

    @Test func `a killed runner's build is built again, and nothing that it started lives on`() async throws {
        let remote = try RepositoryBuilder()
        let build = """
                marker = host.env_var("WORLD") + "/build"
                start = "if [ $(wc -l < '%s') -eq 1 ]; then setsid sleep 600 & echo $! > '%s-stray'; sleep 600; fi"
                host.shell("echo $$ >> '%s'; " % marker + start % (marker, marker))
            """
        try remote.commit(
            "first",
            [
                "repo.ocu.star": Shop.repo("shop", ["prod"]),
                "api/package.ocu.star": Shop.package("api", build: build),
            ])
        try await Installation.with(repos: [remote.url]) { shop in
            let shell = try await waitFor(timeout: .seconds(60), "the build begins") {
                try shop.deployments("build")?.first.flatMap { Int32($0) }
            }
            let stray = try await waitFor("a process is in a session of its own") {
                try shop.deployments("build-stray")?.first.flatMap { Int32($0) }
            }
            let runner = try #require(ProcessTable.parent(of: shell))
            Foundation.kill(runner, SIGKILL)
            let (status, report) = try await shop.settle()
            #expect(status == 0)
            #expect(try report.element("api", "prod").deployed?.build.sequence == 1)
            #expect(try shop.deployments("build")?.count == 2)
            #expect(ProcessTable.parent(of: shell) == nil, "the first shell is gone")
            #expect(ProcessTable.parent(of: stray) == nil, "and what it put in a session of its own")
        }
    }

    @Test func `a runner that is frozen past its lease is ended before the next attempt begins`() async throws {
        let remote = try RepositoryBuilder()
        let deploy = """
                log = host.env_var("WORLD") + "/log"
                freeze = "if [ $(wc -l < '%s') -eq 1 ]; then echo $PPID > '%s-frozen'; kill -STOP $PPID; fi"
                host.shell("echo begin >> '%s'; " % log + freeze % (log, log))
                host.shell("echo end >> '%s'" % log)
            """
        try remote.commit(
            "first",
            [
                "repo.ocu.star": Shop.repo("shop", ["prod"]),
                "api/package.ocu.star": Shop.package("api", deploy: deploy),
            ])
        try await Installation.with(repos: [remote.url]) { shop in
            let (status, report) = try await shop.settle(timeout: "120s")
            #expect(status == 0)
            #expect(try report.element("api", "prod").state == .synced)
            let frozen = try #require(try shop.deployments("log-frozen")?.first.flatMap { Int32($0) })
            #expect(ProcessTable.parent(of: frozen) == nil, "it would go on when it is thawed")
            #expect(try shop.deployments("log") == ["begin", "begin", "end"])
        }
    }

    @Test func `a second server on the same directory is refused with a sentence`() async throws {
        try await Installation.with { shop in
            let second = try await Command(
                Binary.path, ["up", "--data-dir", shop.directory, "--listen", "127.0.0.1:0"]
            ).end()
            #expect(second.status == 1)
            #expect(second.errors.contains("\(try #require(shop.server).pid)"))
        }
    }

    @Test func `a terminated server exits with 0 and the next one carries on`() async throws {
        let remote = try RepositoryBuilder()
        try remote.commit(
            "first", ["repo.ocu.star": Shop.repo("shop", ["prod"]), "api/package.ocu.star": Shop.package("api")])
        try await Installation.with(repos: [remote.url]) { shop in
            #expect(try await shop.settle().status == 0)
            let postgres = try #require(shop.postgresPID())
            let end = try #require(await shop.terminate())
            #expect(end.status == 0 && !end.isSignal, "\(end.errors)")
            #expect(ProcessTable.parent(of: postgres) == nil, "Postgres has stopped")
            for word in [" warning ", " error ", "cancelled"] { #expect(!end.errors.contains(word), "\(end.errors)") }
            try remote.commit("second", ["api/change.txt": "1"])
            try await shop.start()
            let (status, report) = try await shop.settle()
            #expect(status == 0)
            #expect(try report.element("api", "prod").deployed?.build.sequence == 2)
            #expect(try shop.deployments("api@prod") == ["1", "2"])
        }
    }
}
