import Foundation
import Model
import Store

/// Which Target the policy's answers lead to: the pure heart of the Promote controller.
enum PromotePlan {
    /// The Builds that the policy is asked about for one place: those newer than the one targeted now, newest first,
    /// and last the one that is targeted, whose answer can refresh its inputs or stop it.
    static func candidates(for place: PromoteFacts.Place, among builds: [Build]) -> [Build] {
        let oldest = place.targetSequence ?? 0
        return builds.filter { $0.sequence >= oldest }
    }

    /// The Target that follows from the answers; nil when what is targeted stands.
    static func target(
        from answers: [(build: BuildID, answer: PolicyAnswer)], decided: [BuildID: Date], builds: [Build]
    ) -> NewTarget? {
        switch PolicyDecision.choose(answers) {
        case .keep: return nil
        case .run(let build, let inputs, let seconds):
            let notBefore = seconds > 0 ? decided[build].map { $0 + Double(seconds) } : nil
            return NewTarget(
                build: build, isRunning: true, inputs: inputs, notBefore: notBefore,
                reason: "the policy is ready for build \(sequence(of: build, builds))")
        case .stop(let build):
            return NewTarget(
                build: build, isRunning: false, inputs: [:], notBefore: nil,
                reason: "the policy skips build \(sequence(of: build, builds))")
        }
    }

    private static func sequence(of id: BuildID, _ builds: [Build]) -> String {
        builds.first { $0.id == id }.map { String($0.sequence) } ?? id.description
    }
}
