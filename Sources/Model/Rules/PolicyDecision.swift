/// Chooses the Target among the answers that a package's policy gave for one environment.
public enum PolicyDecision {
    /// What Promote does with a placement.
    public enum Outcome: Hashable, Sendable {
        /// Nothing newer may run, and what is targeted stands.
        case keep
        /// Run this Build.
        case run(BuildID, inputs: [String: InputSource], validAfterSeconds: Int64)
        /// Run nothing, since the policy said skip of this Build.
        case stop(BuildID)
    }

    /// The first of the candidates, newest first, that answers ready or skip decides; later and failed are passed over.
    ///
    /// The Build that is targeted now is the last candidate: its answer can refresh its inputs or stop it, while a
    /// `later` never takes away what is already wanted.
    public static func choose(_ answers: [(build: BuildID, answer: PolicyAnswer)]) -> Outcome {
        for (build, answer) in answers {
            switch answer {
            case .ready(let inputs, let validAfterSeconds):
                return .run(build, inputs: inputs, validAfterSeconds: validAfterSeconds)
            case .skip: return .stop(build)
            case .later, .failed: continue
            }
        }
        return .keep
    }
}
