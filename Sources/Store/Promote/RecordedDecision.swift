import Foundation
import Model

/// What a policy answered last about one Build and one environment.
public struct RecordedDecision: Hashable, Sendable {
    /// The answer.
    public let answer: PolicyAnswer
    /// When it was first given; kept while the answer stays the same.
    public let decidedAt: Date

    /// Makes a value from its parts.
    public init(answer: PolicyAnswer, decidedAt: Date) {
        self.answer = answer
        self.decidedAt = decidedAt
    }
}
