import Foundation
import Model

/// How notice targets and notices are shown.
enum NotifyOutput {
    /// A row for each target.
    static func table(of targets: [NoticeTarget]) -> TextTable {
        var table = TextTable(["ID", "KIND", "REPO", "ADDRESS", "TOLD", "WAITING", "DEAD", "STATE"])
        for target in targets {
            let state: TextTable.Cell =
                target.error.map { .init(ReasonLine.text(of: $0), target.pausedUntil == nil ? .yellow : .red) }
                ?? .init("well", .green)
            table.append([
                .init("\(target.id)"), .init(target.kind.rawValue), .init(target.repoName?.rawValue ?? "all"),
                .init(place(target)), .init(filter(target)), .init("\(target.pending)"),
                .init("\(target.dead)", target.dead > 0 ? .red : .plain), state,
            ])
        }
        return table
    }

    /// A row for each notice.
    static func table(of notices: [Notice]) -> TextTable {
        var table = TextTable(["ID", "TARGET", "STATE", "ATTEMPTS", "SINCE", "WHAT", "ERROR"])
        for notice in notices {
            let style: TextStyle = notice.state == .dead ? .red : notice.state == .sent ? .green : .plain
            table.append([
                .init("\(notice.id)"), .init("\(notice.target)"), .init(notice.state.rawValue, style),
                .init("\(notice.attempts)"), .init(JSONText.time(notice.since)), .init(notice.key),
                .init(ReasonLine.text(of: notice.error ?? "")),
            ])
        }
        return table
    }

    /// What a target is told, after its id.
    static func sentence(_ target: NoticeTarget) -> String {
        let whose = target.repoName.map { " of \($0)" } ?? ""
        return "\(target.kind.rawValue) at \(place(target)) is told of \(filter(target))\(whose) from now on"
    }

    private static func place(_ target: NoticeTarget) -> String {
        target.project.map { "\(target.address) \($0)" } ?? target.address
    }

    private static func filter(_ target: NoticeTarget) -> String {
        let kinds = target.on.isEmpty ? "all that it shows" : target.on.joined(separator: ",")
        let package = target.package.map { " package \($0)" } ?? ""
        return kinds + package + (target.environment.map { " environment \($0)" } ?? "")
    }
}
