import Foundation
import Model
import Runner
import TestSupport
import Testing

@Suite struct RunExecutionTests {
    @Test func `a build runs in its package's directory, and what it made is posted with its log`() async throws {
        let repo = try TestRepo.building(
            """
            host.shell("pwd; ls; echo problem >&2")
            ctx.build.attributes["image"] = host.shell("echo web:$SEQ", env = {"SEQ": "2"}, mute = True).stdout.strip()
            ctx.build.set_alias("v2")
            print("built", ctx.build.id, ctx.commit.message)
            """, files: ["app/data.txt": "x"])
        let (result, state) = try await repo.run()
        #expect(result.error == nil)
        #expect(result.outputs == ["image": .string("web:2")])
        #expect(result.alias == "v2")
        #expect(state.results == [result])
        #expect(state.lines.first?.hasSuffix("/runner/o1/1/app") == true, "\(state.text)")
        #expect(Set(state.lines.dropFirst()) == ["data.txt", "package.ocu.star", "problem", "built b3 first", ""])
        #expect(result.logBytes == Int64(state.log.count))
        #expect(state.isContiguous)
        #expect(state.tokens == ["Bearer lease-token", "Bearer start-token"])
    }

    @Test(arguments: [("exit 3", false), ("true", true)])
    func `what a command put in a session of its own ends with a run that failed, and may stay otherwise`(
        end: String, stays: Bool
    ) async throws {
        let file = Processes.temporaryPath()
        let repo = try TestRepo.building(
            """
            host.shell('''setsid sh -c 'echo $$ > \(file); exec sleep 3600' > /dev/null 2>&1 &
            until [ -s \(file) ]; do sleep 0.01; done; \(end)''')
            """)
        let (result, state) = try await repo.run()
        #expect((result.error == nil) == stays)
        let pid = try #require(Processes.listed(in: file).first)
        #expect(Processes.isAlive(pid) == stays)
        #expect(state.text.contains("that commands had left running were ended") != stays, "\(state.text)")
        kill(pid, SIGKILL)
        try FileManager.default.removeItem(atPath: file)
    }

    @Test func `commands see the environment they are given and no more`() async throws {
        let repo = try TestRepo.building("host.shell('env | sort', env = {'OWN': '1'})")
        let start = try await repo.start()
        try await RunServer.prepare(start)
        _ = try await repo.execution(start, environment: ["PATH": "/usr/bin:/bin", "GIVEN": "yes", "OWN": "0"])()
        let lines = try await RunServer.state(of: start.spec.run).lines
        let variables = Set(lines.filter { !$0.isEmpty && !$0.hasPrefix("_=") && !$0.hasPrefix("PWD=") })
            .filter { !$0.hasPrefix("OCUROOT_RUN_MARK=") }
        #expect(variables == ["PATH=/usr/bin:/bin", "GIVEN=yes", "OWN=1"])
    }

    @Test func `a command that fails ends the run with its output and the place of the call`() async throws {
        let repo = try TestRepo.building("host.shell('echo one; echo two >&2; exit 3')\nprint('never')")
        let (result, state) = try await repo.run()
        let error = try #require(result.error)
        #expect(error.contains("app/package.ocu.star:8:15"), "\(error)")
        #expect(error.contains("`echo one; echo two >&2; exit 3` exited with 3:\none\ntwo"), "\(error)")
        #expect(state.text.contains("Error: app/package.ocu.star:8:15"), "\(state.text)")
        #expect(!state.text.contains("never"))
    }

    @Test func `an error of the config is the run's error`() async throws {
        let repo = try TestRepo(["app/package.ocu.star": "load('//missing.star', 'x')"])
        let error = try #require(try await repo.run().result.error)
        #expect(error.contains("app/package.ocu.star:1:"), "\(error)")
        #expect(error.contains("there is no file missing.star"), "\(error)")
    }

    @Test func `a package that the file does not declare is named`() async throws {
        let repo = try TestRepo([
            "app/package.ocu.star": "load('github.com/ocuroot/sdk/v0/package.star', 'package')\npackage('other')"
        ])
        #expect(try await repo.run().result.error?.contains("does not declare the package 'app'") == true)
    }

    @Test func `a run is refused by the server with its reason`() async throws {
        let repo = try TestRepo.building("pass")
        let error = await #expect(throws: RunnerError.self) { _ = try await repo.run(rules: ["start": [409]]) }
        #expect(error?.code == .refused)
        #expect(error?.cause == "the test says 409")
    }

    @Test func `a start is tried again while the server is away`() async throws {
        let repo = try TestRepo.building("pass")
        let (result, state) = try await repo.run(rules: ["start": [503, 503, 200]])
        #expect(result.error == nil)
        #expect(state.calls["start"] == 3)
    }

    @Test func `a result is posted until the server has it`() async throws {
        let repo = try TestRepo.building("ctx.build.attributes['a'] = 1")
        let (result, state) = try await repo.run(rules: ["result": [503, 0, 500, 204]])
        #expect(result.outputs == ["a": .int(1)])
        #expect(state.calls["result"] == 4)
        #expect(state.results == [result])
    }

    @Test func `a result that the server does not want any more is a lost lease`() async throws {
        let repo = try TestRepo.building("pass")
        let error = await #expect(throws: RunnerError.self) { _ = try await repo.run(rules: ["result": [409]]) }
        #expect(error?.code == .leaseLost)
    }

    @Test func `requests of a function are sent and answered`() async throws {
        let url = try RunServer.url
        let repo = try TestRepo.building(
            """
            r = http.get("\(url)/control/r1")
            ctx.build.attributes["status"] = http.post("\(url)/nothing", data = "x").status_code
            """)
        let known = try await repo.start()
        var first = known
        first.spec.run = RunID(rawValue: 1)
        try await RunServer.prepare(first)
        #expect(try await repo.run(known).result.outputs == ["status": .int(404)])
    }

    @Test func `a request to nobody is an error at the call`() async throws {
        let repo = try TestRepo.building("http.get('http://127.0.0.1:1/')")
        let error = try #require(try await repo.run().result.error)
        #expect(error.contains("app/package.ocu.star:8:"), "\(error)")
        #expect(error.contains("cannot send http://127.0.0.1:1/"), "\(error)")
    }
}
