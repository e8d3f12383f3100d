/// What the HTTP API answers instead of a result: RFC 9457's problem details, in short.
public struct Problem: Error, Sendable, Codable, Equatable {
    /// The HTTP status.
    public var status: Int
    /// A stable word for scripts, such as `repo_unreachable`.
    public var code: String
    /// What went wrong, for people.
    public var detail: String
    /// What to do about it; nil when there is nothing to add.
    public var hint: String?

    /// Makes a value from its parts.
    public init(status: Int, code: String, detail: String, hint: String? = nil) {
        self.status = status
        self.code = code
        self.detail = detail
        self.hint = hint
    }
}
