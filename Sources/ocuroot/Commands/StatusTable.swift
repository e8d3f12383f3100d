import Model

/// The table that `ocuroot status` prints.
enum StatusTable {
    /// A row for each package and environment; the repo has a column when there are several.
    static func table(of report: StatusReport) -> TextTable {
        let hasRepos = Set(report.packages.map(\.repo)).count > 1
        let header = ["PACKAGE", "ENVIRONMENT", "STATE", "DEPLOYED", "TARGET", "REASON"]
        var table = TextTable(hasRepos ? ["REPO"] + header : header)
        for element in report.packages {
            let row: [TextTable.Cell] = [
                .init(element.package.rawValue),
                .init(element.environment.rawValue),
                .init(element.state.rawValue, style(of: element.state)),
                .init(element.deployed.map { label($0.build) } ?? "-"),
                .init(element.target.map { label($0.build) } ?? "-"),
                .init(String(element.reason.prefix { !$0.isNewline })),
            ]
            table.append(hasRepos ? [.init(element.repo.rawValue)] + row : row)
        }
        return table
    }

    /// Alias or number, and the commit: `#12 1a2b3c4d`.
    static func label(_ build: StatusReport.BuildSummary) -> String {
        "\(build.alias ?? "#\(build.sequence)") \(build.commit.hex.prefix(8))"
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
