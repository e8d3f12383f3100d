import Model
import Postgres

extension Placement {
    /// How people name `placement AS p`: `package@environment`.
    static let place: SQL = """
        (SELECT pk.name || '@' || pe.name FROM package pk, environment pe
            WHERE pk.id = p.package_id AND pe.id = p.environment_id)
        """
}
