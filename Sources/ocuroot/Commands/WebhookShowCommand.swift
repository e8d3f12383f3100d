import ArgumentParser
import Foundation
import Model
import Server
import Store

/// The command `ocuroot webhook show`.
struct WebhookShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show what a git host sent, and what came of it.",
        discussion: """
            EXAMPLES
              ocuroot webhook show w7
              ocuroot webhook show w7 --json
            """)

    @Argument(help: "The delivery's id, as 'ocuroot webhook list' shows it.")
    var id: WebhookDeliveryID

    @OptionGroup var output: OutputOptions
    @OptionGroup var server: ServerOptions

    mutating func run() async throws {
        let report: WebhookReport = try await APIClient(server.finder).get("/api/v1/webhooks/deliveries/\(id)")
        if output.json { return try output.printJSON(report) }
        let terminal = Terminal.standardOutput
        for line in lines(of: report.delivery) + outcomes(of: report) { terminal.line(line) }
        terminal.line("")
        terminal.line(Self.shown(report.body))
        let left = report.delivery.bodyBytes - report.body.utf8.count
        if left > 0 { terminal.line("… and \(left) more bytes, which were not kept") }
    }

    private func lines(of delivery: WebhookDelivery) -> [String] {
        var lines = [
            "\(delivery.id): \(delivery.event) (\(delivery.kind.rawValue)) for \(delivery.repo)",
            "received \(JSONText.time(delivery.receivedAt)) from \(delivery.source), which calls it "
                + delivery.deliveryID,
        ]
        if let pusher = delivery.pusher { lines.append("pushed by \(Self.shown(pusher))") }
        if let problem = delivery.problem { lines.append(Self.shown(problem)) }
        if let again = delivery.redeliveredAt { lines.append("acted on again \(JSONText.time(again))") }
        return lines
    }

    private func outcomes(of report: WebhookReport) -> [String] {
        let delivery = report.delivery
        guard delivery.kind == .push || delivery.kind == .unreadable else { return ["nothing follows from it"] }
        guard let outcomes = report.outcomes else { return ["the repository was not looked at since"] }
        var lines = zip(delivery.refs, outcomes).map { move, outcome in
            guard move.isDeleted || move.new != nil else { return "\(move.ref): \(Self.outcome(move, outcome))" }
            let old = move.old?.short ?? "nothing"
            let new = (move.isDeleted ? nil : move.new)?.short ?? "nothing"
            return "\(move.ref) from \(old) to \(new): \(Self.outcome(move, outcome))"
        }
        if delivery.refsLeftOut > 0 { lines.append("and \(delivery.refsLeftOut) refs more") }
        return lines.isEmpty ? ["the repository was looked at since"] : lines
    }

    private static func outcome(_ move: WebhookRefMove, _ outcome: WebhookRefOutcome) -> String {
        if let change = outcome.change { return "recorded as \(change)" }
        if move.isDeleted { return outcome.tip == nil ? "it is gone" : "it was there again when it was read" }
        guard let tip = outcome.tip else { return "it is not delivered, or was gone when it was read" }
        guard move.new != nil else { return "it was at \(tip.short) when it was last read" }
        return tip.object == move.new ? "nothing new" : "out of date: it was at \(tip.short) when it was last read"
    }

    /// A host's text without what would move a terminal's cursor.
    private static func shown(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map {
                    $0 == "\n" || $0 == "\t" || ($0.value >= 0x20 && !(0x7F...0x9F).contains($0.value))
                        ? $0 : "\u{FFFD}"
                }))
    }
}
