import ControllerRuntime
import Model
import Store

/// What Dispatch does to the world for one Run, under one lease.
struct DispatchActions {
    /// How often a runner that another server process started is looked at.
    private static let watchInterval = Duration.milliseconds(200)
    /// How often it is seen whether a runner has let its lease expire.
    private static let leaseInterval = Duration.seconds(1)

    let store: StateStore
    let launcher: LocalLauncher
    let lease: WorkLease

    /// Starts a runner and waits for its end; a runner that ends without a result is a lost one.
    func start(_ run: Run) async throws -> ReconcileOutcome {
        let token = try await store.transaction(under: lease, as: lease.controller.rawValue) { tx throws(StoreError) in
            try await tx.prepareStart(run.id)
        }
        guard let token else { return .done }
        let end = try await endingSilence(of: run.id) {
            try await launcher.launch(run.id, token: token) { process in
                let launch = RunLaunch(
                    host: launcher.machine.host, boot: process.boot, pid: process.pid, startTicks: process.startTicks)
                try await store.transaction(under: lease, as: lease.controller.rawValue) { tx throws(StoreError) in
                    try await tx.recordLaunch(run.id, launch)
                }
            }
        }
        return try await closeOut(run.id, end.process, reason: end.sentence)
    }

    /// Waits for the end of a runner that an earlier server process started.
    func watch(_ run: Run, _ process: ProcessIdentity) async throws -> ReconcileOutcome {
        try await endingSilence(of: run.id) {
            while launcher.machine.isAlive(process) {
                try await Task.sleep(for: Self.watchInterval)
            }
        }
        launcher.machine.killSession(of: process)
        return try await closeOut(run.id, process, reason: "the runner died while no server watched it")
    }

    /// Does `body`, and meanwhile kills the runner should it let its lease expire.
    ///
    /// A runner ends by itself before its lease does, unless it was frozen; then its commands may still run, and it
    /// would go on when it is thawed, beside the next attempt.
    private func endingSilence<Result: Sendable>(
        of id: RunID, while body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask { try await body() }
            group.addTask {
                while (try? await Task.sleep(for: Self.leaseInterval)) != nil { await killIfSilent(id) }
                return nil
            }
            defer { group.cancelAll() }
            while let result = try await group.next() {
                if let result { return result }
            }
            throw CancellationError()
        }
    }

    /// A database that is away says nothing of the lease: it is asked again.
    private func killIfSilent(_ id: RunID) async {
        guard (try? await store.isSilent(id)) == true, let launch = try? await store.launch(of: id),
            launch.host == launcher.machine.host
        else { return }
        launcher.machine.killSession(
            of: ProcessIdentity(boot: launch.boot, pid: launch.pid, startTicks: launch.startTicks))
    }

    private func closeOut(
        _ id: RunID, _ process: ProcessIdentity?, reason: String
    ) async throws -> ReconcileOutcome {
        guard let run = try await store.run(id), run.state == .queued || run.state == .running else { return .done }
        if let process { launcher.machine.killStrays(of: process) }
        try await store.loseRun(id, attempt: run.attempt, reason: reason)
        return .done
    }
}
