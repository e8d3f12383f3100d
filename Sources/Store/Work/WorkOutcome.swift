import Foundation

/// How the work under a lease ended.
public enum WorkOutcome: Sendable {
    /// Nothing is left to do; the row goes, unless the key was enqueued again meanwhile.
    case done
    /// It failed; the key is due again after the pause, and its attempts count on.
    case retry(after: Duration, error: String)
    /// Nothing to do before this time; attempts begin anew.
    case wait(until: Date)
}
