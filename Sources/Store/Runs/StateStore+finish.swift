import Model
import Postgres

extension StateStore {
    /// Ends a Run with its result, and the Build or Deployment that it served, with all that follows.
    ///
    /// May be called again with the same token: then nothing is written. Throws ``StoreError/Code/leaseLost`` when the
    /// Run was given to another, or taken back.
    public func finishRun(_ id: RunID, leaseToken: String, _ result: RunResult) async throws(StoreError) {
        let hash = try RunToken.hash(of: leaseToken)
        let result = result.storable
        try await transaction(as: "runner") { transaction throws(StoreError) in
            let package = try await transaction.lockPackage(builtBy: id)
            guard let ended = try await transaction.end(id, leaseTokenHash: hash, result) else { return }
            try await transaction.annotate(ended.build, result.annotations)
            if let deployment = ended.deployment {
                try await transaction.concludeDeployment(
                    deployment, error: result.error, outputs: result.outputs, run: id)
            } else if let package {
                try await transaction.concludeBuild(ended.build, package, run: id, result)
            }
        }
    }

    /// Takes a Run back from a runner that is no more, or fell silent.
    ///
    /// A build is queued again, until 3 runners have had it; a deployment's attempt failed, and Sync decides. Nothing
    /// is written when the Run has ended or its attempt is another. A queued Run, whose runner ended before it had
    /// taken it, counts an attempt too.
    ///
    /// - Parameter onlyIfExpired: true to leave a Run alone whose lease is still good by the database's clock.
    public func loseRun(
        _ id: RunID, attempt: Int, reason: String, onlyIfExpired: Bool = false
    ) async throws(StoreError) {
        try await transaction(as: "maintenance") { transaction throws(StoreError) in
            try await transaction.lose(id, attempt: attempt, reason: reason.storable(), onlyIfExpired: onlyIfExpired)
        }
    }
}

extension RunResult {
    /// The result with texts that the database can hold; outputs that it cannot hold make it a failure.
    fileprivate var storable: RunResult {
        var result = self
        result.error = error?.storable()
        result.alias = alias?.isEmpty == true ? nil : alias
        if JSONValue.object(outputs).hasNUL || JSONValue.object(annotations).hasNUL || alias?.contains("\0") == true {
            result.error = result.error ?? "an output, annotation or alias has a NUL character, which cannot be stored"
            result.alias = nil
            result.annotations = [:]
        }
        if result.error != nil { result.outputs = [:] }
        return result
    }
}

extension JSONValue {
    /// Whether a NUL character stands anywhere in it.
    fileprivate var hasNUL: Bool {
        switch self {
        case .null, .bool, .int, .double: false
        case .string(let text): text.utf8.contains(0)
        case .array(let values): values.contains { $0.hasNUL }
        case .object(let values): values.contains { $0.key.utf8.contains(0) || $0.value.hasNUL }
        }
    }
}
