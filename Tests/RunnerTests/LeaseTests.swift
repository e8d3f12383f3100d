import Foundation
import Model
import Runner
import TestSupport
import Testing

@Suite struct LeaseTests {
    /// A build whose commands write the ids of their processes to a file, and would run for an hour.
    private func endless(_ file: String) throws -> TestRepo {
        try TestRepo.building("host.shell('''echo $$ >> \(file); sleep 3600 & echo $! >> \(file); wait''')")
    }

    private func waitForCommands(_ file: String) async throws -> [pid_t] {
        try await waitFor("the commands to run") {
            let pids = Processes.listed(in: file)
            return pids.count == 2 ? pids : nil
        }
    }

    @Test func `a lease that the server gave to another ends the commands, and nothing is posted`() async throws {
        let file = Processes.temporaryPath()
        let repo = try endless(file)
        let start = try await repo.start(leaseSeconds: 2)
        try await RunServer.prepare(start)
        async let running = Result { try await repo.execution(start)() }
        let pids = try await waitForCommands(file)
        try await RunServer.setRules(["heartbeat": [409]], for: start.spec.run)
        let outcome = await running
        let error = #expect(throws: RunnerError.self) { try outcome.get() }
        #expect(error?.code == .leaseLost)
        #expect(pids.allSatisfy { !Processes.isAlive($0) })
        #expect(try await RunServer.state(of: start.spec.run).results.isEmpty)
    }

    @Test func `a server that is away for the whole lease is taken for one that gave the run away`() async throws {
        let file = Processes.temporaryPath()
        let repo = try endless(file)
        let start = try await repo.start(leaseSeconds: 2)
        try await RunServer.prepare(start, rules: ["heartbeat": [0], "log": [0]])
        let begun = ContinuousClock.now
        let error = await #expect(throws: RunnerError.self) { try await repo.execution(start)() }
        #expect(error?.code == .leaseLost)
        #expect(ContinuousClock.now - begun < .seconds(10))
        #expect(Processes.listed(in: file).allSatisfy { !Processes.isAlive($0) })
    }

    @Test func `a heartbeat that is answered again in time keeps the lease`() async throws {
        let repo = try TestRepo.building("host.shell('sleep 5')")
        let start = try await repo.start(leaseSeconds: 4)
        let (result, state) = try await repo.run(start, rules: ["heartbeat": [0, 503, 204, 0, 204]])
        #expect(result.error == nil)
        #expect(state.calls["heartbeat", default: 0] >= 3)
    }

    @Test func `a runner that is told to stop ends its commands and posts nothing`() async throws {
        let file = Processes.temporaryPath()
        let repo = try endless(file)
        let start = try await repo.start()
        try await RunServer.prepare(start)
        let execution = try repo.execution(start)
        async let running = Result { try await execution() }
        let pids = try await waitForCommands(file)
        execution.stop()
        let outcome = await running
        let error = #expect(throws: RunnerError.self) { try outcome.get() }
        #expect(error?.code == .stopped)
        #expect(pids.allSatisfy { !Processes.isAlive($0) })
        #expect(try await RunServer.state(of: start.spec.run).results.isEmpty)
    }

    @Test(arguments: [
        "sleep('1h')", "for _ in range(1 << 60):\n    pass",
        "host.shell('trap \"\" TERM; while :; do sleep 0.1; done', continue_on_error = True)",
    ])
    func `whatever the function is at, it stops`(body: String) async throws {
        let repo = try TestRepo.building("print('begun')\n\(body)")
        let start = try await repo.start()
        try await RunServer.prepare(start)
        let execution = try repo.execution(start)
        async let running = Result { try await execution() }
        try await waitUntil("the function to begin") {
            try await RunServer.state(of: start.spec.run).text.contains("begun")
        }
        execution.stop()
        let outcome = await running
        let error = #expect(throws: RunnerError.self) { try outcome.get() }
        #expect(error?.code == .stopped)
    }
}

extension Result where Failure == any Error {
    /// What an asynchronous body came to.
    init(_ body: () async throws -> Success) async {
        do {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }
}
