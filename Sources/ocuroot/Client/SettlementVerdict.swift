import Model
import Store

/// What `--wait` comes to: a line for each thing that is not well, and the exit code.
struct SettlementVerdict: Sendable, Equatable {
    /// For standard error.
    let lines: [String]
    let status: ExitStatus

    init(_ settlement: Settlement) {
        if !settlement.isSettled {
            lines = ["the time is up; not finished yet:"] + settlement.unfinished.map { "  \(PlainText.lines($0))" }
            status = .timedOut
        } else if settlement.failures.isEmpty {
            lines = []
            status = .done
        } else {
            lines = Self.lines(notWell: settlement.failures)
            status = .failed
        }
    }

    /// A heading and an indented sentence for each failure; nothing when there is none.
    static func lines(notWell failures: [String]) -> [String] {
        guard !failures.isEmpty else { return [] }
        return ["not well:"] + failures.map { "  " + PlainText.lines($0).replacing("\n", with: "\n    ") }
    }
}
