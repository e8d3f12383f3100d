/// How a Run ended: what a runner posts once.
public struct RunResult: Sendable, Codable, Equatable {
    /// Nil when the function returned; otherwise what failed, with its backtrace.
    public var error: String?
    /// A build's attributes, or a deployment's outputs; empty on failure.
    public var outputs: JSONObject
    /// The name that the build function gave the Build.
    public var alias: String?
    /// The annotations that a deploy set or changed; unchanged ones are left out.
    public var annotations: JSONObject
    /// Bytes of log that were kept.
    public var logBytes: Int64
    /// Bytes of log that came after the bound and were dropped.
    public var logBytesDropped: Int64

    /// Makes a value from its parts.
    public init(
        error: String?, outputs: JSONObject = [:], alias: String? = nil, annotations: JSONObject = [:],
        logBytes: Int64 = 0, logBytesDropped: Int64 = 0
    ) {
        self.error = error
        self.outputs = outputs
        self.alias = alias
        self.annotations = annotations
        self.logBytes = logBytes
        self.logBytesDropped = logBytesDropped
    }
}
