import ArgumentParser
import Foundation

/// Ends the process with the message and the code that an error calls for.
enum Exit {
    /// Prints what there is to say, help on standard output and errors on standard error, and ends the process.
    static func end(with error: any Error) -> Never {
        switch error {
        case let status as ExitStatus:
            exit(status.rawValue)
        case let error as CommandError:
            Terminal.standardError.complain(error.message, hint: error.hint)
            exit(error.status.rawValue)
        case let error as UnreachableServer:
            end(with: error.asCommandError)
        case let error as AbsentServer:
            end(with: error.asCommandError)
        default:
            endAfterParsing(error)
        }
    }

    /// The argument parser's own errors: help asked for, or a command line that makes no sense.
    private static func endAfterParsing(_ error: any Error) -> Never {
        let text = Ocuroot.fullMessage(for: error)
        switch Ocuroot.exitCode(for: error) {
        case .success:
            Terminal.standardOutput.write(text.isEmpty ? "" : text + "\n")
            exit(ExitStatus.done.rawValue)
        case .validationFailure:
            let usage = UsageError(message: Ocuroot.message(for: error), fullMessage: text)
            end(with: CommandError(usage.message, hint: usage.hint, status: .usage))
        default:
            Terminal.standardError.complain("\(error)", hint: nil)
            exit(ExitStatus.failed.rawValue)
        }
    }
}
