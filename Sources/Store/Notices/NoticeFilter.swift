import Model

/// Chooses notices.
public struct NoticeFilter: Sendable {
    /// Only this target's.
    public var target: NoticeTargetID?
    /// Only those in this state.
    public var state: Notice.State?
    /// At most so many.
    public var limit: Int

    /// Makes a filter.
    public init(target: NoticeTargetID? = nil, state: Notice.State? = nil, limit: Int = 100) {
        self.target = target
        self.state = state
        self.limit = limit
    }
}
