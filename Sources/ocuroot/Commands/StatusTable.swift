import Model

/// The table that `ocuroot status` prints.
enum StatusTable {
    /// A row for each package and environment; the repo has a column when there are several.
    ///
    /// - Parameter patched: the Builds that were made with an uncommitted patch.
    static func table(of report: StatusReport, patched: Set<BuildID> = []) -> TextTable {
        let hasRepos = Set(report.packages.map(\.repo)).count > 1
        let header = ["PACKAGE", "ENVIRONMENT", "STATE", "DEPLOYED", "TARGET", "REASON"]
        var table = TextTable(hasRepos ? ["REPO"] + header : header)
        for element in report.packages {
            let row: [TextTable.Cell] = [
                .init(element.package.rawValue),
                .init(element.environment.rawValue),
                .init(element.state.rawValue, style(of: element.state)),
                .init(element.deployed.map { label($0.build, patched) } ?? "-"),
                .init(element.target.map { label($0.build, patched) + (element.pin == nil ? "" : " pinned") } ?? "-"),
                .init(reason(of: element)),
            ]
            table.append(hasRepos ? [.init(element.repo.rawValue)] + row : row)
        }
        return table
    }

    /// Alias or number, and the commit: `#12 1a2b3c4d`, `#13 1a2b3c4d+patch`.
    private static func label(_ build: StatusReport.BuildSummary, _ patched: Set<BuildID>) -> String {
        let patch = patched.contains(build.id) ? "+patch" : ""
        return "\(build.alias ?? "#\(build.sequence)") \(build.commit.hex.prefix(8))\(patch)"
    }

    private static func reason(of element: StatusReport.Element) -> String {
        let steering = [element.pin?.sentence, element.hold?.sentence].compactMap { $0 }.joined(separator: "; ")
        return ReasonLine.text(
            of: element.reason.isEmpty ? steering : element.reason,
            fallback: "see 'ocuroot log \(element.package)@\(element.environment)'")
    }

    private static func style(of state: PlacementState) -> TextStyle {
        switch state {
        case .synced: .green
        case .progressing: .blue
        case .waiting, .blocked, .held: .yellow
        case .failed: .red
        case .absent: .dim
        }
    }
}
