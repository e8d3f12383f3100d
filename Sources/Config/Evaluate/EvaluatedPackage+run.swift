import Model
import Starlark

extension EvaluatedPackage {
    /// Calls the build, deploy or destroy function.
    ///
    /// Blocks the calling thread for as long as the function takes, so that thread must be none of Swift's pool.
    /// Throws `missing` when the package has no such function, `failed` when the function failed (with its
    /// backtrace), `limit` when it used too much memory, `canceled` after a cancellation.
    ///
    /// - Parameters:
    ///   - call: which function, and what it is called with.
    ///   - host: what the function may do to the world.
    ///   - cancellation: stops the function from another thread.
    public func run(
        _ call: FunctionCall, host: any HostEffects, cancellation: CallCancellation = CallCancellation()
    ) throws(ConfigError) -> FunctionResult {
        let (kind, phase) = Self.function(call.kind)
        guard let function = functions[kind] else {
            throw ConfigError(
                .missing, operation: kind.rawValue, subject: subject,
                cause: "the package has no \(kind.rawValue) function")
        }
        let session = Session(
            phase: phase, limits: limits, host: host, package: declaration.name, directory: declaration.path)
        let context: CallContext
        let returned: ValueReference
        do {
            let evaluation = Evaluation(session.settings(limits.run, cancellation: cancellation.signal))
            context = try CallContext(call, version: version, in: evaluation)
            returned = try evaluation.call(function, [context.value])
        } catch {
            throw ConfigError(error, code: .failed, operation: kind.rawValue, subject: subject)
        }
        do {
            return try context.result(returned: returned, alias: session.contents.alias)
        } catch {
            throw ConfigError(
                .failed, operation: kind.rawValue, subject: subject,
                cause: "\(error) (function '\(function.name)' of \(function.moduleName))")
        }
    }

    private static func function(_ kind: Run.Kind) -> (PackageFunction, Phase) {
        switch kind {
        case .build: (.build, .build)
        case .deploy: (.deploy, .deploy)
        case .destroy: (.destroy, .destroy)
        }
    }
}
