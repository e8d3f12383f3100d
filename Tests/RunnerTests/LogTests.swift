import Foundation
import Model
import Runner
import TestSupport
import Testing

@Suite struct LogTests {
    @Test func `lines are at the server while the command still runs`() async throws {
        let gate = Processes.temporaryPath()
        let repo = try TestRepo.building(
            "host.shell('echo first; until [ -e \(gate) ]; do sleep 0.01; done; printf unfinished; sleep 0.3; echo .')")
        let start = try await repo.start()
        try await RunServer.prepare(start)
        async let outcome = Result { try await repo.execution(start)() }
        try await waitUntil("the first line") { try await RunServer.state(of: start.spec.run).text == "first\n" }
        try Data().write(to: URL(filePath: gate))
        #expect(try await outcome.get().error == nil)
        #expect(try await RunServer.state(of: start.spec.run).text == "first\nunfinished.\n")
        try FileManager.default.removeItem(atPath: gate)
    }

    @Test func `lines of the two streams do not mix`() async throws {
        let repo = try TestRepo.building(
            """
            host.shell('''
            for i in 1 2 3 4 5 6 7 8 9; do printf aaaa; printf bbbb >&2; printf "aaaa\\n"; printf "bbbb\\n" >&2; done
            ''')
            """)
        let lines = try await repo.run().state.lines.filter { !$0.isEmpty }
        #expect(lines.count == 18)
        #expect(lines.allSatisfy { $0 == "aaaaaaaa" || $0 == "bbbbbbbb" }, "\(lines)")
    }

    @Test func `of 200 MB the beginning and the end are kept, and the rest is counted`() async throws {
        let repo = try TestRepo.building(
            """
            r = host.shell("echo begin; head -c 200000000 /dev/zero | tr '\\\\0' x | fold -w 99; echo; echo end")
            ctx.build.attributes["kept"] = len(r.stdout)
            """)
        let (result, state) = try await repo.run(try await repo.start(logBytesMax: 300_000))
        let written: Int64 = 6 + 200_000_000 + 200_000_000 / 99 + 1 + 4
        #expect(state.text.hasPrefix("begin\nxxx"))
        #expect(state.text.hasSuffix("x\nend\n"))
        #expect(state.text.contains("bytes of the log were dropped here …"))
        #expect(state.log.count <= 300_000)
        #expect(result.logBytes == Int64(state.log.count))
        let note = try #require(state.lines.first { $0.contains("were dropped here") })
        #expect(result.logBytes - Int64(note.utf8.count) - 2 + result.logBytesDropped == written)
        guard case .int(let kept) = result.outputs["kept"] else { throw CocoaError(.coderInvalidValue) }
        #expect(kept < 11 << 20)
    }

    @Test func `muted output stays out of the log, also when the command fails`() async throws {
        let repo = try TestRepo.building("host.shell('echo hid\"\"den; exit 1', mute = True)")
        let (result, state) = try await repo.run()
        #expect(result.error?.contains("exited with 1") == true)
        #expect(!state.text.contains("hidden"))
    }

    @Test func `a log that cannot be stored is counted, and the run goes on`() async throws {
        let repo = try TestRepo.building("host.shell('echo lost')\nctx.build.attributes['a'] = 1")
        let (result, state) = try await repo.run(rules: ["log": [507]])
        #expect(result.error == nil)
        #expect(result.outputs == ["a": .int(1)])
        #expect((result.logBytes, result.logBytesDropped) == (0, 5))
        #expect(state.log.isEmpty)
    }

    @Test func `a chunk whose answer was lost is sent again at its offset`() async throws {
        let repo = try TestRepo.building("host.shell('echo one; sleep 0.2; echo two')")
        let (result, state) = try await repo.run(rules: ["log": [0, 503, 204, 0, 204]])
        #expect(state.text == "one\ntwo\n")
        #expect(result.logBytes == 8)
    }
}
