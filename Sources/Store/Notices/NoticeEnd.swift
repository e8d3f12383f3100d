import Model

/// How an attempt to tell somebody something ended.
public enum NoticeEnd: Hashable, Sendable {
    /// It was taken.
    case delivered
    /// It was not, and would not be later: it is given up.
    case refused(String)
    /// It was not, and may be later.
    ///
    /// - Parameters:
    ///   - after: the pause before the next attempt, the same for everything that the target is told.
    case failed(String, after: Duration)
}
