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

    /// The Target that follows from the answers and from what people asked for; nil when what is targeted stands.
    ///
    /// A pin goes before the policy and, until its Build is targeted, before a hold. A Build that is pinned and has not
    /// succeeded is waited for.
    static func target(
        for place: PromoteFacts.Place, from answers: [(build: BuildID, answer: PolicyAnswer)],
        decided: [BuildID: Date], builds: [Build]
    ) -> NewTarget? {
        guard let pin = place.pin else {
            return place.isHeld ? nil : target(from: answers, decided: decided, builds: builds)
        }
        let isTargeted = place.target?.build == pin.build.id && place.target?.isRunning == true
        guard pin.build.state == .succeeded, !(place.isHeld && isTargeted) else { return nil }
        var inputs = pin.inputs
        for case (pin.build.id, .ready(let given, _)) in answers { inputs = given }
        return NewTarget(
            build: pin.build.id, isRunning: true, inputs: inputs, notBefore: nil, reason: pin.sentence)
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
