import Model

/// What a delivery does to the environments, which all repos share: worked out, nothing written.
struct EnvironmentPlan: Sendable {
    /// An environment as it shall be.
    struct Wanted: Sendable, Encodable {
        var name: EnvironmentName
        var owner: Int64
        var attributes: JSONObject
        var isArchived: Bool
    }

    /// What another repo says, too, of an environment that the repo no longer declares.
    struct Heir: Sendable {
        var repo: RepoID
        var attributes: JSONObject
        var isArchived: Bool
    }

    /// The environments whose row must be written; new ones and those that are back too.
    private(set) var written: [Wanted] = []
    /// The environments that nobody declares any more.
    private(set) var removed: [KnownEnvironment] = []

    /// Whether nothing is to be done.
    var isEmpty: Bool { written.isEmpty && removed.isEmpty }

    /// Plans; throws ``StoreError/Code/conflict`` when another repo declared an environment first and differently.
    ///
    /// - Parameters:
    ///   - declared: what the repo says, attributes normalized.
    ///   - known: the rows of all that are declared by somebody, and those of the names that the repo declares.
    ///   - heirs: for environments that other repos declare, the one that would own it next.
    init(
        repo: RepoID, declared: [EnvironmentDeclaration], known: [KnownEnvironment], heirs: [EnvironmentName: Heir]
    ) throws(StoreError) {
        let rows = Dictionary(known.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        var names: Set<EnvironmentName> = []
        for environment in declared {
            guard names.insert(environment.name).inserted else {
                throw StoreError(
                    .conflict, "deliver", subject: repo.description,
                    "environment '\(environment.name)' is declared twice in repo.ocu.star")
            }
            try plan(environment, row: rows[environment.name], repo: repo)
        }
        for row in known where row.owner == repo && !row.isRemoved && !names.contains(row.name) {
            guard let heir = heirs[row.name] else {
                removed.append(row)
                continue
            }
            written.append(
                Wanted(
                    name: row.name, owner: heir.repo.rawValue, attributes: heir.attributes, isArchived: heir.isArchived)
            )
        }
    }

    private mutating func plan(
        _ environment: EnvironmentDeclaration, row: KnownEnvironment?, repo: RepoID
    ) throws(StoreError) {
        let isSame = environment.attributes == row?.attributes && environment.isArchived == row?.isArchived
        if let row, !row.isRemoved {
            if isSame { return }
            guard row.owner == repo else {
                throw StoreError(
                    .conflict, "deliver", subject: repo.description,
                    """
                    environment '\(environment.name)' is declared differently by \(row.ownerName), which declared it \
                    first: make both the same, or declare it in one repo only
                    """)
            }
        }
        written.append(
            Wanted(
                name: environment.name, owner: repo.rawValue, attributes: environment.attributes,
                isArchived: environment.isArchived))
    }
}
