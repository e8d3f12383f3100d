import Model
import Postgres

/// The conditions that choose placements, each on its own tables.
struct PlacementChoice: Sendable {
    /// On `repo AS r`.
    let onRepo: SQL
    /// On `repo AS r, package AS k`.
    let onPackage: SQL
    /// On `environment AS e`.
    private(set) var onEnvironment: SQL
    /// Whether it chooses whatever the package is called.
    let isOfAllPackages: Bool
    /// Whether it chooses whatever the environment is called.
    let isOfAllEnvironments: Bool

    /// On `repo AS r, package AS k, environment AS e`.
    var onPlacement: SQL { "\(onPackage) AND \(onEnvironment)" }

    /// What a filter chooses.
    init(_ filter: PlacementFilter) {
        onRepo = filter.onRepo
        onPackage = filter.onPackage
        onEnvironment = filter.environment.map { "e.name = \($0)" } ?? "true"
        isOfAllPackages = filter.package == nil
        isOfAllEnvironments = filter.environment == nil
    }

    /// What people wrote chooses.
    ///
    /// - Parameter repo: only packages of this repo; nil for those of every repo that the text does not exclude.
    init(_ glob: PlacementGlob, of repo: RepoID?) {
        if let repo {
            onRepo = "r.id = \(repo) AND r.removed_at IS NULL"
        } else {
            let named: SQL = glob.repo.map { StateStore.isRepo($0.rawValue) } ?? "true"
            onRepo = "\(named) AND r.removed_at IS NULL"
        }
        onPackage = "\(onRepo) AND \(Self.fits("k.name", glob.package))"
        onEnvironment = glob.environment.map { Self.fits("e.name", $0) } ?? "true"
        isOfAllPackages = glob.package == .any
        isOfAllEnvironments = glob.environment.map { $0 == .any } ?? true
    }

    /// The same but for some environments.
    func outside(_ environments: [EnvironmentID]) -> PlacementChoice {
        guard !environments.isEmpty else { return self }
        var choice = self
        choice.onEnvironment = "\(onEnvironment) AND e.id <> ALL(\(environments))"
        return choice
    }

    private static func fits(_ column: SQL, _ glob: NameGlob) -> SQL {
        if glob == .any { return "true" }
        return glob.isExact ? "\(column) = \(glob.text)" : "\(column) LIKE \(glob.likePattern)"
    }
}
