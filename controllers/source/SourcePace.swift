import ControllerRuntime
import Git
import Model
import Store

/// When a repo is looked at next.
struct SourcePace: Sendable {
    let schedule: PollSchedule
    /// After a look that failed.
    let backoff: Backoff
    /// After one that the host refused us: asked again and again, it might lock the account.
    var refusalBackoff = Backoff(first: .seconds(60), longest: .seconds(900))

    /// The pause after a look that succeeded.
    func pause(after activity: RepoActivity?) -> Duration {
        schedule.pause(
            sinceMove: activity?.sinceMove, announcedMoves: activity?.announcedMoves ?? 0, chance: .random(in: 0...1))
    }

    /// The pause after a look that failed; never shorter than the host asks for.
    func pause(after error: GitError, failures: Int) -> Duration {
        let isRefusal = error.code == .authenticationFailed || error.code == .untrustedHost
        let pause = (isRefusal ? refusalBackoff : backoff).pause(afterFailures: failures)
        return max(pause, error.retryAfter ?? .zero)
    }

    /// The pause of one that found no place among the conversations with its host: the longer the more there are.
    func pause(turnedAway: Int) -> Duration {
        let longest = min(schedule.interval, .milliseconds(500) + .milliseconds(50) * turnedAway)
        return longest * Double.random(in: 0.2...1)
    }
}
