/// When a repo is looked at next: the pause after a look that succeeded.
public struct PollSchedule: Hashable, Sendable {
    /// For how long a repo that moved is looked at more often.
    public static let activeSpan = Duration.seconds(300)
    /// So many pushes in a row that were announced before they were found make announcements reliable.
    public static let announcedMin = 3

    /// The pause when there is nothing to say about the repo.
    public var interval: Duration

    /// Takes the pause that a person chose.
    public init(interval: Duration) {
        self.interval = interval
    }

    /// The pause without its spread.
    ///
    /// - Parameters:
    ///   - sinceMove: how long ago a delivered ref last moved; nil for never.
    ///   - announcedMoves: how many moves in a row were announced, by webhook or otherwise, before they were found.
    public func pause(sinceMove: Duration?, announcedMoves: Int) -> Duration {
        // Who announces is believed, and is only checked on.
        if announcedMoves >= Self.announcedMin { return interval * 10 }
        if let sinceMove, sinceMove < Self.activeSpan { return max(min(interval, .seconds(1)), interval / 6) }
        return interval
    }

    /// The pause, spread by a fifth each way so that repos that were added together drift apart.
    ///
    /// - Parameter chance: from 0 to 1.
    public func pause(sinceMove: Duration?, announcedMoves: Int, chance: Double) -> Duration {
        pause(sinceMove: sinceMove, announcedMoves: announcedMoves) * (0.8 + 0.4 * min(max(chance, 0), 1))
    }
}
