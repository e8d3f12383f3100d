/// What a policy answers for one Build and one environment.
public enum PolicyAnswer: Hashable, Sendable, Codable {
    /// The Build may run here, with these inputs, from `validAfterSeconds` past the moment it was first answered.
    case ready(inputs: [String: InputSource], validAfterSeconds: Int64)
    /// Not now; the message says what it waits for.
    case later(message: String)
    /// Nothing shall run here.
    case skip
    /// The policy failed; the text has file:line:col and the backtrace.
    case failed(error: String)
}
