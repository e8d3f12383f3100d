import Model

/// One repo's part of the page: its packages down, its environments across.
struct RepoSection: Sendable {
    /// One package's line.
    struct Row: Sendable {
        let package: PackageName
        /// One element for each environment of the section; nil where the package has no placement.
        let cells: [StatusReport.Element?]
    }

    let name: RepoName
    let url: String
    /// Why the repo cannot be delivered right now.
    let error: String?
    /// Its branches with an environment of their own.
    let previews: [Preview]
    /// What steers in its newest commits and was refused.
    let problems: [String]
    /// Sorted by name.
    let environments: [EnvironmentName]
    let rows: [Row]

    /// The repos in order of their names, those without packages included.
    ///
    /// - Parameter problems: the trailers of the newest commits that were refused, by repo.
    static func sections(
        of report: StatusReport, repos: [Repo], problems: [RepoID: [String]] = [:]
    ) -> [RepoSection] {
        var elements = Dictionary(grouping: report.packages, by: \.repo)
        var sections = repos.map { repo in
            section(
                repo.displayName, url: RepoURL.withoutPassword(repo.url), error: repo.error, previews: repo.previews,
                problems: problems[repo.id] ?? [], elements: elements.removeValue(forKey: repo.displayName) ?? [])
        }
        sections += elements.map { section($0, url: "", error: nil, previews: [], problems: [], elements: $1) }
        return sections.sorted { $0.name < $1.name }
    }

    private static func section(
        _ name: RepoName, url: String, error: String?, previews: [Preview], problems: [String],
        elements: [StatusReport.Element]
    ) -> RepoSection {
        let environments = Set(elements.map(\.environment)).sorted()
        let packages = Dictionary(grouping: elements, by: \.package)
        let rows = packages.sorted { $0.key < $1.key }.map { package, elements in
            let byEnvironment = Dictionary(elements.map { ($0.environment, $0) }) { first, _ in first }
            return Row(package: package, cells: environments.map { byEnvironment[$0] })
        }
        return RepoSection(
            name: name, url: url, error: error, previews: previews, problems: problems, environments: environments,
            rows: rows)
    }
}
