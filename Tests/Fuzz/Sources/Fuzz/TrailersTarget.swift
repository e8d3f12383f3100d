import Foundation
import Model

/// Reads a commit's message: whatever it is, few orders come out, and what is kept of each reads as the same again.
enum TrailersTarget {
    static func run(_ bytes: [UInt8]) {
        let message = String(decoding: bytes, as: UTF8.self)
        let trailers = TrailerParser.trailers(of: message)
        Finding.unless(trailers == TrailerParser.trailers(of: message), "the same message is read differently")
        guard let id = CommitID(hex: String(repeating: "a", count: 40)) else { preconditionFailure("40 digits") }
        let commit = ChangeCommit(
            commit: id, author: "Ann <ann@example.com>", committedAt: Date(timeIntervalSince1970: 0), message: message,
            trailers: trailers)
        let entries = SteeringTrailer.all(in: [commit])
        Finding.unless(
            entries.allSatisfy { (try? $0.order.get()) == nil } || SteeringTrailer.steers(trailers),
            "trailers that steer, of which it is said there are none")
        // What says that a commit is skipped is not among the entries, unless it is a mistake.
        func isSkip(_ trailer: Trailer) -> Bool {
            trailer.token.lowercased() == SteeringToken.skip.rawValue.lowercased()
        }
        let read = trailers.filter { SteeringTrailer.steers([$0]) && !isSkip($0) }
        let told = entries.map(\.trailer).filter { !isSkip($0) }
        Finding.unless(
            zip(read, told).allSatisfy { $0.token.utf8.starts(with: $1.token.utf8) },
            "a line that is no trailer comes before one that is, or in its place")
        Finding.unless(entries.count <= SteeringTrailer.perCommitMax + 1, "\(entries.count) trailers of one commit")
        var orders = 0
        for (position, entry) in entries.enumerated() {
            Finding.unless(position == 0 || entry.position > entries[position - 1].position, "trailers out of order")
            switch entry.order {
            case .success(let order):
                orders += 1
                check(order, entry.trailer)
            case .failure(let mistake):
                Finding.unless(!mistake.description.isEmpty, "a refusal says something")
            }
        }
        Finding.unless(orders <= SteeringTrailer.perCommitMax, "\(orders) orders of one commit")
        _ = SteeringTrailer.skipReason(of: commit)
    }

    private static func check(_ order: SteeringOrder, _ kept: Trailer) {
        // The Store keeps the trailer, and reads it once more when it is applied.
        let again = read(kept)
        Finding.unless(
            again?.action == order.action && again?.subject == order.subject, "kept as something else: \(kept)")
        let written = order.trailer
        guard written.value.utf8.count <= SteeringOrder.valueBytesMax else { return }
        // An annotation has no room for the reason that its commit's subject gives it.
        var reason = order.reason
        if case .annotate = order.action { reason = "" }
        let expected = SteeringOrder(order.action, order.subject, reason: reason)
        Finding.unless(read(written) == expected, "\(order) is written as \(written), which is something else")
        for text in [order.reason, order.subject.description] {
            Finding.unless(
                text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control },
                "a control character in '\(text)'")
        }
    }

    private static func read(_ trailer: Trailer) -> SteeringOrder? {
        do throws(SteeringMistake) {
            return try SteeringOrder(trailer)
        } catch {
            return nil
        }
    }
}
