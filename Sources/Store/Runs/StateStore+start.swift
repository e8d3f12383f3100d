import Model
import Postgres

extension StateStore {
    /// Takes a queued Run with its one-time token, which is used up.
    ///
    /// Throws ``StoreError/Code/conflict`` when the Run is not queued or the token is not its newest, and
    /// ``StoreError/Code/notFound`` when there is no such Run.
    ///
    /// - Parameters:
    ///   - holder: names the runner to people.
    ///   - lease: the time without a heartbeat after which the Run is taken back; whole seconds.
    ///   - logBytesMax: how much log the runner shall send.
    public func startRun(
        _ id: RunID, startToken: String, holder: String, lease: Duration, logBytesMax: Int = 16 << 20
    ) async throws(StoreError) -> RunStart {
        let hash = try RunToken.hash(of: startToken)
        return try await start(id, startTokenHash: hash, holder: holder, lease: lease, logBytesMax: logBytesMax)
    }

    /// Takes a queued Run for a caller who was let in by other means than a start token.
    ///
    /// Throws ``StoreError/Code/conflict`` when it is not queued, ``StoreError/Code/notFound`` when there is none.
    public func claimRun(
        _ id: RunID, holder: String, lease: Duration, logBytesMax: Int = 16 << 20
    ) async throws(StoreError) -> RunStart {
        try await start(id, startTokenHash: nil, holder: holder, lease: lease, logBytesMax: logBytesMax)
    }

    private func start(
        _ id: RunID, startTokenHash: [UInt8]?, holder: String, lease: Duration, logBytesMax: Int
    ) async throws(StoreError) -> RunStart {
        try await transaction(as: holder) { transaction throws(StoreError) in
            let token = try RunToken.make()
            try await transaction.take(id, startTokenHash: startTokenHash, token: token, holder: holder, lease: lease)
            let spec = try await transaction.spec(
                id, leaseSeconds: Int(lease.components.seconds), logBytesMax: logBytesMax)
            transaction.recordStarted(spec, holder: holder)
            return RunStart(spec: spec, leaseToken: token.text)
        }
    }
}

extension StoreTransaction {
    fileprivate func take(
        _ id: RunID, startTokenHash: [UInt8]?, token: RunToken, holder: String, lease: Duration
    ) async throws(StoreError) {
        let rows = try await database.query(
            "startRun",
            """
            UPDATE run SET state = 'running', attempt = attempt + 1, started_at = clock_timestamp(),
                start_token_hash = NULL, lease_token_hash = \(token.hash), holder = \(holder),
                lease_expires = clock_timestamp() + \(lease), log_base = log_bytes
            WHERE id = \(id) AND state = 'queued'
                AND (\(startTokenHash == nil) OR start_token_hash = \(startTokenHash))
            RETURNING build_id, deployment_id
            """)
        guard let row = rows.first else { throw try await refusal(of: id) }
        let deployment: DeploymentID? = try row.value("deployment_id")
        if let deployment {
            try await database.execute(
                "startRun", "UPDATE deployment SET state = 'running' WHERE id = \(deployment) AND state = 'pending'")
        } else {
            let build: BuildID = try row.value("build_id")
            try await database.execute(
                "startRun", "UPDATE build SET state = 'running' WHERE id = \(build) AND state = 'pending'")
        }
    }

    private func refusal(of id: RunID) async throws(StoreError) -> StoreError {
        let states: [Run.State] = try await database.query(
            "startRun", "SELECT state FROM run WHERE id = \(id)"
        ).values()
        let subject = id.description
        return switch states.first {
        case nil: StoreError(.notFound, "startRun", subject: subject, "there is no such run")
        case .queued: StoreError(.conflict, "startRun", subject: subject, "the start token is not the current one")
        case .running: StoreError(.conflict, "startRun", subject: subject, "another runner has it")
        case let state?: StoreError(.conflict, "startRun", subject: subject, "it has \(state.rawValue)")
        }
    }

    fileprivate func recordStarted(_ spec: RunSpec, holder: String) {
        let what = spec.deployment.map { "\(spec.package)@\($0.environment)" } ?? spec.package.description
        let kind = spec.kind == .build ? "build" : "deployment"
        record(
            NewEvent(
                "\(kind).started", "\(spec.kind.rawValue) of \(what), build \(spec.build.sequence), runs on \(holder)",
                repo: spec.source.repo, build: spec.build.id, deployment: spec.deployment?.id, run: spec.run))
    }
}
