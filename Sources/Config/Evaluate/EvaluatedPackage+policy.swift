import Model
import Starlark

extension EvaluatedPackage {
    /// Asks the policy about one Build in one environment.
    ///
    /// Works on the calling thread, without any effect, within ``ConfigLimits/policy``; may be called many times and
    /// from many threads. Never throws: what goes wrong is the answer `failed`. A package without a policy answers
    /// ready.
    public func policy(_ facts: PolicyFacts) -> PolicyOutcome {
        guard let function = functions[.policy] else {
            return PolicyOutcome(answer: .ready(inputs: [:], validAfterSeconds: 0))
        }
        let session = Session(
            phase: .policy, limits: limits, facts: facts, package: declaration.name, directory: declaration.path)
        let answer: PolicyAnswer
        do throws(ConfigError) {
            answer = try ask(function, facts, session)
        } catch {
            answer = .failed(error: "\(error)")
        }
        let recorded = session.contents
        return PolicyOutcome(answer: answer, reads: recorded.reads, output: recorded.output.text)
    }

    private func ask(
        _ function: FunctionReference, _ facts: PolicyFacts, _ session: Session
    ) throws(ConfigError) -> PolicyAnswer {
        let value: ValueReference
        do {
            let evaluation = Evaluation(session.settings(limits.policy))
            let context = try evaluation.makeFrozen(PolicyContext.make(facts, version: version))
            value = try evaluation.call(function, [.reference(context)])
        } catch {
            throw ConfigError(error, code: .failed, operation: "policy", subject: subject)
        }
        do {
            return try PolicyReader.answer(value)
        } catch {
            throw ConfigError(
                .failed, operation: "policy", subject: subject,
                cause: "\(error) (function '\(function.name)' of \(function.moduleName))")
        }
    }
}
