import Foundation
import Git
import Model
import Runner
import TestSupport
import Testing

@Suite struct CheckoutTests {
    @Test func `without a mirror on this machine the commit is fetched`() async throws {
        let repo = try TestRepo.building("host.shell('cat ../top.txt')", files: ["top.txt": "from the remote"])
        let (result, state) = try await repo.run(usesMirrors: false)
        #expect(result.error == nil)
        #expect(state.text == "from the remote")
    }

    @Test func `a private repository is fetched with what the server keeps, and scripts do not see that`() async throws
    {
        let repo = try TestRepo.building(
            "host.shell('cat ../top.txt; env; git config --list')", files: ["top.txt": "x\n"])
        let parts = repo.remote.path.split(separator: "/")
        let file = NSTemporaryDirectory() + "ocuroot-password-" + UUID().uuidString
        try Data("pl4nted-s3cret".utf8).write(to: URL(fileURLWithPath: file))
        defer { try? FileManager.default.removeItem(atPath: file) }
        let hosts = try ScriptedServer(
            "git_server.py", "/" + parts.dropLast().joined(separator: "/"), "deploy", file)
        let start = try await repo.start(url: "http://127.0.0.1:\(hosts["http"])/git/\(parts.last ?? "")")
        try await RunServer.prepare(
            start, credentials: [CredentialForm(.password, user: "deploy", secret: "pl4nted-s3cret")])
        let result = try await repo.execution(start, usesMirrors: false)()
        #expect(result.error == nil)
        let text = try await RunServer.state(of: start.spec.run).text
        #expect(text.hasPrefix("x\n") && !text.contains("pl4nted-s3cret"))
        for path in try FileManager.default.subpathsOfDirectory(atPath: repo.directory) {
            let bytes = FileManager.default.contents(atPath: repo.directory + "/" + path) ?? Data()
            #expect(bytes.range(of: Data("pl4nted-s3cret".utf8)) == nil, "\(path)")
        }
    }

    @Test func `a patch that the mirror does not have is put on top of the commit`() async throws {
        let repo = try TestRepo.building("host.shell('cat data.txt')", files: ["app/data.txt": "old\n"])
        let patch = """
            diff --git a/app/data.txt b/app/data.txt
            --- a/app/data.txt
            +++ b/app/data.txt
            @@ -1 +1 @@
            -old
            +new

            """
        let missing = try #require(TreeID(hex: String(repeating: "1", count: 40)))
        let start = try await repo.start(tree: missing, patch: ChangePatch(hash: "x", description: "1 file changed"))
        try await RunServer.prepare(start, patch: Array(patch.utf8))
        let result = try await repo.execution(start)()
        #expect(result.error == nil)
        #expect(try await RunServer.state(of: start.spec.run).text == "new\n")
    }

    @Test func `what a run left behind is gone for the next, but for the shared directory`() async throws {
        let repo = try TestRepo.building(
            """
            host.shell("echo state is $(cat ../.ocuroot/state 2> /dev/null); echo litter is $(cat litter 2> /dev/null)")
            host.shell("echo kept > ../.ocuroot/state; echo x > litter; rm ../top.txt")
            """, files: ["top.txt": "x"])
        #expect(try await repo.run().state.text.contains("state is\nlitter is\n"))
        let (result, state) = try await repo.run()
        #expect(result.error == nil, "top.txt is there again")
        #expect(state.text.contains("state is kept\nlitter is\n"), "\(state.text)")
    }

    @Test func `two runs of one repo work at once, each in a place of its own, with one shared directory`() async throws
    {
        let repo = try TestRepo.building(
            """
            host.shell('''
            touch ../.ocuroot/$$; n=0
            until [ $(ls ../.ocuroot | wc -l) = 2 ] || [ $n = 1000 ]; do sleep 0.01; n=$((n + 1)); done
            ls ../.ocuroot | wc -l; pwd
            ''')
            """)
        async let first = repo.run()
        async let second = repo.run()
        let texts = try await [first.state.text, second.state.text]
        #expect(texts.allSatisfy { $0.hasPrefix("2\n") }, "\(texts)")
        #expect(Set(texts).count == 2)
    }

    @Test func `runs wait when every place is taken`() async throws {
        let repo = try TestRepo.building(
            "host.shell('mkdir ../.ocuroot/alone && sleep 0.05 && rmdir ../.ocuroot/alone')")
        try await withThrowingTaskGroup(of: RunResult.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    let start = try await repo.start()
                    try await RunServer.prepare(start)
                    return try await RunExecution(
                        run: start.spec.run, server: RunnerServer(url: try RunServer.url, token: "t"),
                        directory: repo.directory + "/runner", mirrors: repo.mirrors,
                        environment: ["PATH": "/usr/bin:/bin"], slotsMax: 1)()
                }
            }
            for try await result in group { #expect(result.error == nil) }
        }
    }
}
