/// Why a trailer, or a command, steers nothing.
public struct SteeringMistake: Error, Hashable, Sendable {
    /// What is wrong, a sentence without a full stop.
    public let message: String
    /// What to do about it; empty when the message says it.
    public let hint: String

    /// Makes a value from its parts.
    public init(_ message: String, hint: String = "") {
        self.message = message
        self.hint = hint
    }
}

extension SteeringMistake: CustomStringConvertible {
    /// Both in one line.
    public var description: String { hint.isEmpty ? message : "\(message); \(hint)" }
}
