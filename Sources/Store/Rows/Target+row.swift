import Model
import Postgres

extension Target {
    /// The columns of `target AS t` that ``init(row:)`` reads, their names beginning with `target_`.
    static let columns: SQL = """
        t.id AS target_id, t.placement_id AS target_placement_id, t.generation AS target_generation,
        t.build_id AS target_build_id, t.is_running AS target_is_running, t.inputs AS target_inputs,
        t.not_before AS target_not_before, t.reason AS target_reason, t.decided_at AS target_decided_at
        """

    /// Nil when the row has no target.
    init?(row: Row) throws(StoreError) {
        guard let id: TargetID = try row.value("target_id") else { return nil }
        let hasInputs: Bool = try row.value("target_inputs") as String != "{}"
        self.init(
            id: id, placement: try row.value("target_placement_id"), generation: try row.value("target_generation"),
            build: try row.value("target_build_id"), isRunning: try row.value("target_is_running"),
            inputs: hasInputs ? try row.json("target_inputs") : [:], notBefore: try row.value("target_not_before"),
            reason: try row.value("target_reason"), decidedAt: try row.value("target_decided_at"))
    }
}
