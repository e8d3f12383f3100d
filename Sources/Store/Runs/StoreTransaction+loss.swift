import Model
import Postgres

extension StoreTransaction {
    /// How many runners may have a build before it fails.
    private static let buildAttemptsMax = 3

    /// See ``StateStore/loseRun(_:attempt:reason:onlyIfExpired:)``.
    func lose(_ id: RunID, attempt: Int, reason: String, onlyIfExpired: Bool) async throws(StoreError) {
        let package = try await lockPackage(builtBy: id)
        let rows = try await database.query(
            "loseRun",
            """
            SELECT kind, state, build_id, deployment_id FROM run
            WHERE id = \(id) AND attempt = \(attempt) AND state IN ('queued', 'running')
                AND (NOT \(onlyIfExpired) OR lease_expires < clock_timestamp())
            FOR NO KEY UPDATE
            """)
        guard let row = rows.first else { return }
        let state: Run.State = try row.value("state")
        let attempts = state == .running ? attempt : attempt + 1
        let build: BuildID = try row.value("build_id")
        let deployment: DeploymentID? = try row.value("deployment_id")
        if deployment == nil, attempts < Self.buildAttemptsMax {
            return try await requeue(id, build, attempts: attempts, reason: reason)
        }
        let error = "the runner was lost: \(reason)"
        try await database.execute(
            "loseRun",
            """
            UPDATE run SET state = 'failed', attempt = \(attempts), error = \(error), finished_at = clock_timestamp(),
                lease_expires = NULL, lease_token_hash = NULL, start_token_hash = NULL
            WHERE id = \(id)
            """)
        if let deployment {
            try await concludeDeployment(deployment, error: error, outputs: [:], run: id)
        } else if let package {
            try await concludeBuild(build, package, run: id, RunResult(error: error))
        }
    }

    private func requeue(_ id: RunID, _ build: BuildID, attempts: Int, reason: String) async throws(StoreError) {
        try await database.execute(
            "loseRun",
            """
            WITH queued AS (
                UPDATE run SET state = 'queued', attempt = \(attempts), lease_expires = NULL, lease_token_hash = NULL,
                    start_token_hash = NULL, holder = NULL, launch = NULL
                WHERE id = \(id) RETURNING build_id
            )
            UPDATE build b SET state = 'pending' FROM queued WHERE b.id = queued.build_id AND b.state = 'running'
            """)
        enqueue(.dispatch, [id], after: .seconds(1 << (attempts - 1)))
        record(
            NewEvent(
                "run.lost", "the runner was lost, the build is queued again: \(reason)", build: build, run: id))
    }
}
