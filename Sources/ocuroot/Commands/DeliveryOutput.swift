import Model
import Server
import Store

/// What came of a Change, for the person who delivered it.
struct DeliveryOutput: Sendable {
    private static let roundMax = Duration.seconds(30)

    let client: APIClient
    let change: Change

    /// As things are.
    func now() async throws -> ChangeReport {
        try await client.get("/api/v1/changes/\(change.id)")
    }

    /// Once no build of it is left to do, or the time is up.
    func awaitBuilds(_ patience: Patience) async throws -> ChangeReport {
        while true {
            let report: ChangeReport = try await patience.run {
                let round = min(Self.roundMax, patience.left)
                return try await client.get(
                    "/api/v1/changes/\(change.id)", ["wait": "\(round.components.seconds)"],
                    limit: patience.callLimit)
            }
            if report.isBuilt || patience.left <= .zero { return report }
        }
    }

    /// A table of the builds.
    func show(_ report: ChangeReport, _ output: OutputOptions) throws {
        if output.json { return try output.printJSON(report) }
        let terminal = Terminal.standardOutput
        for line in Self.heading(of: report.change) { terminal.line(line) }
        guard !report.builds.isEmpty else {
            if report.change.state == .delivered { terminal.line("no package is affected") }
            return
        }
        var table = TextTable(["PACKAGE", "BUILD", "RUN", "STATE", "ERROR"])
        for build in report.builds {
            table.append([
                .init(build.package.rawValue), .init("#\(build.buildSequence)"), .init("\(build.run.id)"),
                .init(build.run.state.rawValue, Self.style(of: build.run.state)),
                .init(ReasonLine.text(of: build.run.error ?? "", fallback: "see 'ocuroot log \(build.run.id)'")),
            ])
        }
        terminal.show(table)
    }

    /// The Change, its state, and the patch that went along.
    static func heading(of change: Change) -> [String] {
        let state = "\(change.id) \(change.commit.short) is \(change.state.rawValue)"
        return [state] + (change.patch.map { ["with an uncommitted patch: \($0.description)"] } ?? [])
    }

    /// Says on standard error what went wrong, and what to do about it.
    static func complain(_ report: ChangeReport, isWaiting: Bool) {
        let terminal = Terminal.standardError
        for refused in report.steering where refused.state == .refused {
            terminal.line(PlainText.line("not applied: '\(refused.trailer)': \(refused.message)"))
        }
        let failed = report.builds.filter { $0.run.state == .failed }
        if report.change.state == .failed {
            terminal.complain(
                "\(report.change.id) cannot be delivered: \(report.change.error ?? "the server's log says why")",
                hint: "correct that and deliver again; nothing was built")
        } else if let first = failed.first {
            let names = failed.map(\.package.rawValue).joined(separator: ", ")
            terminal.complain(
                "the build of \(names) failed", hint: "'ocuroot log \(first.run.id)' shows what it printed")
        } else if isWaiting, let superseded = superseded(in: report) {
            terminal.complain(
                "\(superseded) not built: a newer change came before the build had begun",
                hint: "'ocuroot status' shows what was built instead")
        } else if isWaiting, !report.isBuilt {
            terminal.complain(
                "the time is up, and builds are not finished",
                hint: "they go on; 'ocuroot status --wait' waits for all, --timeout makes this command wait longer")
        }
    }

    /// What the command ends with.
    static func status(of report: ChangeReport, isWaiting: Bool) -> ExitStatus {
        let hasFailed = report.change.state == .failed || report.builds.contains { $0.run.state == .failed }
        if hasFailed || isWaiting && superseded(in: report) != nil { return .failed }
        return isWaiting && !report.isBuilt ? .timedOut : .done
    }

    /// What will not be built, with its verb; nil when all is, or was, or may be.
    private static func superseded(in report: ChangeReport) -> String? {
        if report.change.state == .superseded { return "\(report.change.id) was" }
        let names = report.builds.filter { $0.run.state == .canceled }.map(\.package.rawValue)
        return names.isEmpty ? nil : "\(names.joined(separator: ", ")) \(names.count == 1 ? "was" : "were")"
    }

    private static func style(of state: Run.State) -> TextStyle {
        switch state {
        case .queued, .running: .blue
        case .succeeded: .green
        case .failed: .red
        case .canceled: .dim
        }
    }
}
