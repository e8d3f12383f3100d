/// Migration 12: previews that ended are cleared away.
enum TwelfthSchema {
    /// A row goes once nothing refers to it; without an index that question reads the whole table that might.
    static let script = """
        CREATE INDEX preview_ended ON repo (removed_at) WHERE parent_id IS NOT NULL AND removed_at IS NOT NULL;

        CREATE INDEX repo_delivered ON repo (delivered_change_id) WHERE delivered_change_id IS NOT NULL;
        CREATE INDEX environment_of_change ON environment (change_id) WHERE change_id IS NOT NULL;
        CREATE INDEX environment_declaration_of_repo ON environment_declaration (repo_id);
        CREATE INDEX package_last_build ON package (last_build_id) WHERE last_build_id IS NOT NULL;
        CREATE INDEX package_newest_build ON package (newest_build_id) WHERE newest_build_id IS NOT NULL;
        CREATE INDEX annotation_of_build ON annotation (build_id);
        CREATE INDEX placement_of_target ON placement (target_id) WHERE target_id IS NOT NULL;
        CREATE INDEX placement_of_deployed ON placement (deployed_id) WHERE deployed_id IS NOT NULL;
        CREATE INDEX target_of_build ON target (build_id) WHERE build_id IS NOT NULL;
        CREATE INDEX decision_of_placement ON decision (placement_id);
        CREATE INDEX decision_of_build ON decision (build_id);
        CREATE INDEX deployment_of_build ON deployment (build_id);
        CREATE INDEX run_of_repo ON run (repo_id);
        CREATE INDEX run_of_deployment ON run (deployment_id) WHERE deployment_id IS NOT NULL;
        CREATE INDEX restraint_of_placement ON restraint (placement_id);
        CREATE INDEX restraint_of_build ON restraint (build_id) WHERE build_id IS NOT NULL;
        CREATE INDEX restraint_of_order ON restraint (order_id);
        CREATE INDEX steering_order_covered ON steering_order (covered_repo_id) WHERE covered_repo_id IS NOT NULL;
        """
}
