import Store

/// What `--wait` comes to: a line for each thing that is not well, and the exit code.
struct SettlementVerdict: Sendable, Equatable {
    /// For standard error.
    let lines: [String]
    let status: ExitStatus

    init(_ settlement: Settlement) {
        if !settlement.isSettled {
            lines = ["the time is up; not finished yet:"] + settlement.unfinished.map { "  \($0)" }
            status = .timedOut
        } else if settlement.failures.isEmpty {
            lines = []
            status = .done
        } else {
            lines = ["not well:"] + settlement.failures.map { "  \($0)" }
            status = .failed
        }
    }
}
