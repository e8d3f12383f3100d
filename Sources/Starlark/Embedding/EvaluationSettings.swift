/// What the host gives an evaluation.
public struct EvaluationSettings: Sendable {
    /// What it may use.
    public var limits: EvaluationLimits

    /// Stops it from another thread.
    public var cancellation: Cancellation?

    /// Takes what `print` writes: one call a line, without the newline.
    public var print: @Sendable (String) -> Void

    /// The clock of `time.now()` in Unix nanoseconds; nil makes that an error.
    public var now: (@Sendable () -> Int64)?

    /// Whatever the host's functions need; they read it as `HostCall.context`.
    public var context: (any Sendable)?

    /// Settings with defaults: prints go nowhere, there is no clock and no context.
    public init(
        limits: EvaluationLimits = .init(), cancellation: Cancellation? = nil,
        print: @escaping @Sendable (String) -> Void = { _ in }, now: (@Sendable () -> Int64)? = nil,
        context: (any Sendable)? = nil
    ) {
        self.limits = limits
        self.cancellation = cancellation
        self.print = print
        self.now = now
        self.context = context
    }
}
