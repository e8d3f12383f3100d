/// What one evaluation (running a file, or one call into it) may use.
public struct EvaluationLimits: Sendable, Hashable {
    /// Steps: calls, rounds of loops, and rounds of work inside builtins.
    ///
    /// A step is some nanoseconds.
    public var stepsMax: Int

    /// Bytes of values made, without those whose memory was used again.
    ///
    /// How soon the memory of values that nothing refers to is used again is not promised.
    public var bytesMax: Int

    /// Calls of Starlark functions inside each other.
    public var callDepthMax: Int

    /// Time from the start of the evaluation, waiting inside host functions included; nil for no limit.
    public var timeout: Duration?

    /// Limits with defaults for trusted programs: no bound on steps and time, 1 GiB, 10,000 calls.
    public init(
        stepsMax: Int = .max, bytesMax: Int = 1 << 30, callDepthMax: Int = 10_000, timeout: Duration? = nil
    ) {
        self.stepsMax = stepsMax
        self.bytesMax = bytesMax
        self.callDepthMax = callDepthMax
        self.timeout = timeout
    }
}
