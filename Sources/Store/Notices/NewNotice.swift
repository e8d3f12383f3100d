import Model

/// What a target is to be told.
public struct NewNotice: Sendable {
    /// What becomes of a notice that exists under the same key.
    public enum Mode: Sendable {
        /// It stays as it is: the target was told, or will be.
        case once
        /// It says this from now on, when it said something else.
        case newest
        /// No notice is made; the newest one about the subject that a git host knows says this from now on.
        case amend
    }

    /// Who is told.
    public var target: NoticeTargetID
    /// What it is, without times and attempts.
    public var key: String
    /// What it is about among those of its target.
    public var subject: String
    /// What is said.
    public var payload: Notice.Payload
    /// The event that it tells of.
    public var event: EventID
    /// What becomes of one with the same key.
    public var mode: Mode

    /// Makes a value from its parts.
    public init(
        target: NoticeTargetID, key: String, subject: String, payload: Notice.Payload, event: EventID, mode: Mode
    ) {
        self.target = target
        self.key = key
        self.subject = subject
        self.payload = payload
        self.event = event
        self.mode = mode
    }
}
