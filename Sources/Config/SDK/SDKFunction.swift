import Starlark

/// A function of the SDK: where it may be called, and what it does then.
enum SDKFunction {
    /// Makes a function that refuses to run outside of its phases.
    ///
    /// - Parameters:
    ///   - name: as config calls it, such as `host.shell`.
    ///   - module: the file that it is loaded from, such as `machine.star`; empty for a universal.
    ///   - body: called with the session of the evaluation.
    static func make(
        _ name: String, module: String, allowedIn: AllowedIn, _ parameters: [HostParameter],
        body: @escaping @Sendable (HostCall, Session) throws -> HostValue
    ) -> HostFunction {
        HostFunction(name, parameters: parameters) { call in
            guard let session = call.context as? Session else {
                throw SDKFailure("called outside of an evaluation")
            }
            guard allowedIn.phases.contains(session.phase) else {
                throw SDKFailure(refusal(name, module: module, allowedIn: allowedIn, phase: session.phase))
            }
            return try body(call, session)
        }
    }

    /// Makes a function that a later version will have, and that says so.
    static func unavailable(
        _ name: String, module: String, allowedIn: AllowedIn, _ parameters: [HostParameter]
    ) -> HostFunction {
        make(name, module: module, allowedIn: allowedIn, parameters) { _, _ in
            throw SDKFailure("\(name) is not available yet in this version of Ocuroot")
        }
    }

    private static func refusal(_ name: String, module: String, allowedIn: AllowedIn, phase: Phase) -> String {
        let origin = module.isEmpty ? "" : " of \(module)"
        let reason = phase.isTopLevel ? ", which only declares" : ""
        return "not allowed \(phase.place)\(reason): \(name)\(origin) is allowed \(allowedIn.description)"
    }
}
