import Foundation
import Model
import Server

/// Prints events, oldest first.
struct EventOutput: Sendable {
    let client: APIClient
    let isFollowing: Bool
    let limit: Int

    /// Prints the latest, then what follows if asked to.
    func print(_ output: OutputOptions) async throws {
        var list: EventList = try await client.get("/api/v1/events", ["limit": "\(limit)"])
        if output.json, !isFollowing { return try output.printJSON(list) }
        var last = list.events.last?.id
        while true {
            for event in list.events { try show(event, output) }
            last = list.events.last?.id ?? last
            guard isFollowing else { return }
            let after = last.map { "\($0)" } ?? "v0"
            list = try await Patience(.seconds(60), status: .failed).run {
                try await client.get("/api/v1/events", ["after": after, "limit": "1000", "wait": "30"])
            }
        }
    }

    private func show(_ event: Event, _ output: OutputOptions) throws {
        let terminal = Terminal.standardOutput
        if output.json {
            terminal.line(String(decoding: try JSONText.encode(event), as: UTF8.self))
        } else {
            let time = JSONText.time(event.at).prefix(19).replacing("T", with: " ")
            let kind = event.kind.padding(toLength: max(22, event.kind.count), withPad: " ", startingAt: 0)
            terminal.line("\(terminal.style(String(time), .dim))  \(kind)  \(PlainText.line(event.message))")
        }
    }
}
