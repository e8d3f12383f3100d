import Model
import Postgres

extension Deployment {
    /// The columns of `deployment AS d`, their names beginning with `deployed_`.
    static let deployedColumns: SQL = """
        d.id AS deployed_id, d.placement_id AS deployed_placement_id, d.generation AS deployed_generation,
        d.attempt AS deployed_attempt, d.kind AS deployed_kind, d.build_id AS deployed_build_id,
        d.state AS deployed_state, d.inputs AS deployed_inputs, d.outputs AS deployed_outputs,
        d.error AS deployed_error, d.created_at AS deployed_created_at, d.finished_at AS deployed_finished_at
        """

    /// The columns of `deployment AS a`, their names beginning with `active_`.
    static let activeColumns: SQL = """
        a.id AS active_id, a.placement_id AS active_placement_id, a.generation AS active_generation,
        a.attempt AS active_attempt, a.kind AS active_kind, a.build_id AS active_build_id,
        a.state AS active_state, a.inputs AS active_inputs, a.outputs AS active_outputs,
        a.error AS active_error, a.created_at AS active_created_at, a.finished_at AS active_finished_at
        """

    /// Nil when the row has no deployment under this prefix.
    init?(row: Row, prefix: String) throws(StoreError) {
        guard let id: DeploymentID = try row.value(prefix + "id") else { return nil }
        self.init(
            id: id, placement: try row.value(prefix + "placement_id"), generation: try row.value(prefix + "generation"),
            attempt: try row.value(prefix + "attempt"), kind: try row.value(prefix + "kind"),
            build: try row.value(prefix + "build_id"), state: try row.value(prefix + "state"),
            inputs: try row.object(prefix + "inputs"), outputs: try row.object(prefix + "outputs"),
            error: try row.value(prefix + "error"), createdAt: try row.value(prefix + "created_at"),
            finishedAt: try row.value(prefix + "finished_at"))
    }
}
