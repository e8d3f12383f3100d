import Dispatch
import Foundation
import Model
import Runner

/// A Run that this process executes, and ends early when a signal says so.
struct LocalRun: Sendable {
    private let execution: RunExecution

    /// Finds the server and the token.
    ///
    /// - Throws: a ``CommandError`` that says what is missing.
    init(run: RunID, options: ServerOptions, mirrors: String?) throws {
        let surroundings = Surroundings.current
        let address = try options.finder.find()
        guard let token = surroundings["OCUROOT_RUN_TOKEN"] ?? address.apiKey else {
            throw CommandError(
                "there is neither a run token nor an API key",
                hint: "set OCUROOT_RUN_TOKEN to the run's token, or OCUROOT_API_KEY", status: .usage)
        }
        let directory = DataDirectory(
            path: options.dataDir ?? surroundings["OCUROOT_DATA_DIR"] ?? surroundings.defaultDataDirectory)
        let server = RunnerServer(
            url: address.url, token: token, serverFile: options.server == nil ? directory.serverFile : nil)
        execution = RunExecution(
            run: run, server: server, directory: directory.runner, mirrors: mirrors,
            environment: surroundings.forRunners(without: ["OCUROOT_"]))
    }

    /// Executes it.
    ///
    /// - Returns: what was posted to the server.
    func result() async throws -> RunResult {
        let signals = [SIGTERM, SIGINT].map(stopping)
        defer { signals.forEach { $0.cancel() } }
        do throws(RunnerError) {
            return try await execution()
        } catch {
            throw CommandError("\(error)", hint: Self.hint(for: error.code))
        }
    }

    /// Ends the execution when the signal comes.
    private func stopping(on number: Int32) -> any DispatchSourceSignal {
        signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number)
        source.setEventHandler { execution.stop() }
        source.resume()
        return source
    }

    private static func hint(for code: RunnerError.Code) -> String {
        switch code {
        case .refused: "a run can be taken once; 'ocuroot log' shows what became of it"
        case .unreachable: "check that the server runs and can be reached from here"
        case .leaseLost, .stopped: "the server gives the run to another runner, or closes it"
        case .machine: "check the disk and the limits of this machine"
        }
    }
}
