import Config
import Foundation
import Synchronization

/// This machine as the host of functions that are tried without a server: nothing is recorded.
///
/// One call at a time has effects; between calls every effect is refused.
public final class LocalHost: HostEffects {
    /// Passes on what functions print.
    private final class Output: FunctionOutput {
        private let write: @Sendable (ArraySlice<UInt8>) -> Void

        init(_ write: @escaping @Sendable (ArraySlice<UInt8>) -> Void) {
            self.write = write
        }

        func append(_ bytes: ArraySlice<UInt8>) { write(bytes) }
    }

    /// What belongs to the call that goes on.
    private struct Call {
        let host: RunnerHost
        let stop: StopSignal
    }

    private let files: CheckoutFiles
    private let environment: [String: String]
    private let output: Output
    private let call = Mutex<Call?>(nil)

    /// Makes the host of functions in a checkout.
    ///
    /// Throws ``RunnerError/Code/machine`` when there is no checkout at `root`.
    ///
    /// - Parameters:
    ///   - root: the checkout's root.
    ///   - packageDirectory: where commands run, from the root; `""` for the root itself.
    ///   - environment: what commands inherit.
    ///   - output: takes what functions print and commands write, on the thread that runs the function.
    public init(
        root: String, packageDirectory: String, environment: [String: String],
        output: @escaping @Sendable (ArraySlice<UInt8>) -> Void
    ) throws(RunnerError) {
        files = try CheckoutFiles(root: root, packageDirectory: packageDirectory)
        self.environment = environment
        self.output = Output(output)
    }

    /// Lets `body` have effects; blocks its thread as long as they take, so that must be none of Swift's pool.
    ///
    /// What its commands left running is ended before this returns.
    ///
    /// - Parameter body: is given the signal that ``stop()`` gives.
    public func perform<Result>(
        isolation: isolated (any Actor)? = #isolation, _ body: (CallCancellation) -> Result
    ) async -> Result {
        let stop = StopSignal()
        let requests = WebRequests(stop: stop)
        let host = RunnerHost(files: files, environment: environment, log: output, stop: stop, requests: requests)
        call.withLock { $0 = Call(host: host, stop: stop) }
        defer { call.withLock { $0 = nil } }
        return await withTaskGroup(of: Void.self) { group in
            group.addTask { await requests.run() }
            let result = body(stop.cancellation)
            requests.close()
            _ = host.end()
            await group.waitForAll()
            return result
        }
    }

    /// Stops the call that goes on, if any: its commands are ended, and it fails.
    public func stop() { call.withLock { $0 }?.stop.give(.told) }

    private func current(_ operation: String) throws(RunnerError) -> RunnerHost {
        guard let call = call.withLock({ $0 }) else {
            throw RunnerError(.stopped, operation: operation, subject: "now", cause: "no function is being run")
        }
        return call.host
    }

    /// The operating system by Go's name.
    public var operatingSystem: String { RunnerHost.operatingSystem }

    /// The processor architecture by Go's name.
    public var architecture: String { RunnerHost.architecture }

    /// Runs a command in the package's directory.
    public func shell(_ command: ShellCommand) throws -> ShellOutcome { try current("run a command").shell(command) }

    /// The value of an environment variable.
    public func environmentVariable(_ name: String) -> String? { environment[name] }

    /// Makes an HTTP request.
    public func request(_ request: WebRequest) throws -> WebResponse { try current("send a request").request(request) }

    /// Reads a file of the checkout.
    public func readSource(_ path: String) throws -> [UInt8] { try files.read(path) }

    /// Writes a file of the checkout.
    public func writeSource(_ path: String, _ content: [UInt8]) throws { try files.write(path, content) }

    /// Waits.
    public func sleep(_ duration: Duration) throws { try current("sleep").sleep(duration) }

    /// Passes on what was printed.
    public func print(_ text: String) { output.append(line: text) }
}
