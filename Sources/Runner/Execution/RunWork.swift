import Config
import Model

/// The work of one Run, between taking it and posting its result.
struct RunWork: Sendable {
    let spec: RunSpec
    let directory: String
    let mirrors: String?
    let environment: [String: String]
    let slotsMax: Int
    let connection: RunConnection
    let evaluator: ConfigEvaluator
    let log: RunLog
    let stop: StopSignal
    let requests: WebRequests

    /// Checks out, evaluates and calls; what fails is in the result and at the end of the log.
    func execute() async -> RunResult {
        do {
            let slot = try await CheckoutSlot.take(
                of: spec.source.repo, in: directory, slotsMax: slotsMax, stop: stop)
            let checkout = SourceCheckout(
                source: spec.source, directory: directory, mirrors: mirrors,
                authoritiesFile: environment["SSL_CERT_FILE"], connection: connection, stop: stop)
            try await checkout.checkOut(into: slot)
            let package = try await evaluate(slot.directory)
            let files = try CheckoutFiles(root: slot.directory, packageDirectory: spec.path)
            let result = try await call(package, files)
            return RunResult(
                error: nil, outputs: result.outputs, alias: result.alias, annotations: result.annotations)
        } catch {
            log.append(line: "Error: \(error)")
            return RunResult(error: "\(error)")
        }
    }

    /// The package, by the config of the checkout.
    private func evaluate(_ root: String) async throws -> EvaluatedPackage {
        let file = try await evaluator.packageFile(in: spec.path, of: DirectoryTree(root: root))
        let packages = try file.outcome.get()
        guard let package = packages.first(where: { $0.declaration.name == spec.package }) else {
            throw ConfigError(
                .missing, operation: "find", subject: ConfigFile.packageFile(in: spec.path),
                cause: "it does not declare the package '\(spec.package)'")
        }
        return package
    }

    /// Calls the function on a thread of its own, and ends what its commands left running.
    private func call(_ package: EvaluatedPackage, _ files: CheckoutFiles) async throws -> FunctionResult {
        let host = RunnerHost(files: files, environment: environment, log: log, stop: stop, requests: requests)
        let call = FunctionCall(spec: spec)
        let (stop, log) = (stop, log)
        let result: Result<FunctionResult, ConfigError> = await FunctionThread.run {
            let result: Result<FunctionResult, ConfigError>
            do throws(ConfigError) {
                result = .success(try package.run(call, host: host, cancellation: stop.cancellation))
            } catch {
                result = .failure(error)
            }
            // What failed is tried again: nothing of this attempt may go on beside the next one. What succeeded may
            // have started a service that is to stay.
            let hasFailed = if case .failure = result { true } else { false }
            let leftovers = host.end(includingStrays: hasFailed)
            if leftovers > 0 {
                log.append(line: "\(leftovers) processes that commands had left running were ended")
            }
            return result
        }
        return try result.get()
    }
}
