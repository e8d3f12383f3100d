import Cryptography
import Model
import Postgres

extension StoreTransaction {
    /// Makes the one-time token that starts a queued Run; one made before is void from now on.
    ///
    /// - Returns: nil when the Run is not queued.
    public func prepareStart(_ run: RunID) async throws(StoreError) -> String? {
        let token = try RunToken.make()
        let changed = try await database.execute(
            "prepareStart",
            "UPDATE run SET start_token_hash = \(token.hash) WHERE id = \(run) AND state = 'queued'")
        return changed == 0 ? nil : token.text
    }

    /// Records which process was started for a Run, so that it is found again when this server is no more.
    public func recordLaunch(_ run: RunID, _ launch: RunLaunch) async throws(StoreError) {
        try await database.execute(
            "recordLaunch",
            "UPDATE run SET launch = \(json: launch) WHERE id = \(run) AND state IN ('queued', 'running')")
    }
}
