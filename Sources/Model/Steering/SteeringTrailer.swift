import Foundation

/// One trailer of ours in the commits of a push, in the order in which it counts.
public struct SteeringTrailer: Sendable {
    /// A commit's further ones are not read.
    public static let perCommitMax = 50
    /// A push's further ones are not read.
    public static let perPushMax = 1_000

    /// The commit.
    public let commit: CommitID
    /// The commit's author, `Name <address>`.
    public let author: String
    /// When it was committed, as it says.
    public let committedAt: Date
    /// What its signature proves.
    public let signing: CommitSigning
    /// Counts the commit's trailers of ours from 1.
    public let position: Int
    /// As it was written, no longer than is kept.
    public let trailer: Trailer
    /// What it asks for.
    public let order: Result<SteeringOrder, SteeringMistake>

    /// Whether any of these is one of ours, if only by its beginning.
    public static func steers(_ trailers: [Trailer]) -> Bool {
        trailers.contains { $0.token.lowercased().hasPrefix(SteeringToken.prefix) }
    }

    /// The trailers of ours in the order of the commits, and of each commit's lines; behind them, as mistakes, lines of the
    /// commit that look like one and are none.
    ///
    /// An order without a reason of its own has the commit's subject for it. `Ocuroot-Skip` is not among them: it says
    /// something of a push's tip; see ``skipReason(of:)``.
    public static func all(in commits: [ChangeCommit]) -> [SteeringTrailer] {
        var found: [SteeringTrailer] = []
        for commit in commits {
            for entry in entries(of: commit) {
                if case .success(let order) = entry.order, order.action == .skip { continue }
                guard found.count < perPushMax else {
                    found.append(
                        overflow(commit, entry, "more than \(perPushMax) trailers steer in one push"))
                    return found
                }
                found.append(entry)
            }
        }
        return found
    }

    /// Why a commit says that nothing of it shall be delivered, perhaps empty; nil when it does not say so.
    public static func skipReason(of commit: ChangeCommit) -> String? {
        for case .success(let order) in entries(of: commit).map(\.order) where order.action == .skip {
            return order.reason
        }
        return nil
    }

    private static func entries(of commit: ChangeCommit) -> [SteeringTrailer] {
        var entries: [SteeringTrailer] = []
        for (trailer, order) in orders(in: commit) {
            let entry = SteeringTrailer(commit, position: entries.count + 1, trailer: trailer.kept, order: order)
            guard entries.count < perCommitMax else {
                entries.append(overflow(commit, entry, "more than \(perCommitMax) trailers of the commit steer"))
                return entries
            }
            entries.append(entry)
        }
        return entries
    }

    /// What a commit's trailers ask for, and then what its other lines were meant to.
    private static func orders(in commit: ChangeCommit) -> [(Trailer, Result<SteeringOrder, SteeringMistake>)] {
        var orders: [(Trailer, Result<SteeringOrder, SteeringMistake>)] = []
        for trailer in commit.trailers {
            do throws(SteeringMistake) {
                guard let read = try SteeringOrder(trailer) else { continue }
                orders.append((trailer, .success(read.reason.isEmpty ? read.because(of: commit) : read)))
            } catch {
                orders.append((trailer, .failure(error)))
            }
        }
        return orders
            + StrayTrailer.all(in: commit, countMax: perCommitMax + 1).map { ($0.trailer, .failure($0.mistake)) }
    }

    private static func overflow(
        _ commit: ChangeCommit, _ entry: SteeringTrailer, _ message: String
    ) -> SteeringTrailer {
        SteeringTrailer(
            commit, position: entry.position, trailer: entry.trailer,
            order: .failure(
                SteeringMistake(message, hint: "this one and all that follow do nothing; push them as new commits")))
    }

    private init(
        _ commit: ChangeCommit, position: Int, trailer: Trailer, order: Result<SteeringOrder, SteeringMistake>
    ) {
        self.commit = commit.commit
        author = commit.author
        committedAt = commit.committedAt
        signing = commit.signing ?? .unsigned
        self.position = position
        self.trailer = trailer
        self.order = order
    }
}

extension SteeringOrder {
    /// The order with the commit's subject as its reason, where it says none.
    fileprivate func because(of commit: ChangeCommit) -> SteeringOrder {
        guard action != .skip else { return self }
        let subject = commit.message.prefix { !$0.isNewline }.prefix(bytesMax: 200)
        return SteeringOrder(action, self.subject, reason: SteeringOrder.line(subject))
    }
}

extension Trailer {
    /// The trailer with as much of it as is worth keeping.
    fileprivate var kept: Trailer {
        Trailer(
            token: String(token.prefix(bytesMax: 100)),
            value: value.utf8.count <= SteeringOrder.valueBytesMax
                ? value : String(value.prefix(bytesMax: SteeringOrder.valueBytesMax / 4)) + "…")
    }
}
