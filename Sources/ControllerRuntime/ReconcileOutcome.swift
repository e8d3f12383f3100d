import Foundation

/// What happens next with a key that was looked at.
public enum ReconcileOutcome: Sendable {
    /// Nothing is left to do until something changes.
    case done
    /// Something failed that may work later: look again after a pause, or after the backoff when none is given.
    case retry(any Error, after: Duration?)
    /// There will be something to do at this time.
    case wait(until: Date)
    /// A person must act; the reconciler has written the reason on the object that it concerns.
    case stalled(String)

    /// Looks again after the backoff.
    public static func retry(_ error: any Error) -> ReconcileOutcome {
        .retry(error, after: nil)
    }
}
