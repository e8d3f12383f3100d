import Model
import Postgres

extension PlacementFilter {
    /// The condition on `repo AS r`.
    var onRepo: SQL {
        repo.map { StateStore.isRepo($0) } ?? "true"
    }

    /// The condition on `repo AS r, package AS k`.
    var onPackage: SQL {
        package.map { "\(onRepo) AND k.name = \($0)" } ?? onRepo
    }

    /// The condition on `repo AS r, package AS k, environment AS e`.
    var onPlacement: SQL {
        environment.map { "\(onPackage) AND e.name = \($0)" } ?? onPackage
    }
}
