import Foundation

/// Runs another program: what git itself does is the measure of what we do.
enum Program {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Runs a program to its end and returns what it printed; the input must fit into a pipe.
    @discardableResult
    static func run(
        _ path: String, _ arguments: [String], in directory: String? = nil, input: String = "",
        environment: [String: String] = [:]
    ) throws -> String {
        let (standardInput, output) = (try PrivatePipe(), try PrivatePipe())
        let child = try ChildProcess(
            path, arguments, in: directory, environment: environment, input: standardInput.reading,
            output: output.writing)
        close(output.writing)
        close(standardInput.reading)
        _ = Array(input.utf8).withUnsafeBytes { write(standardInput.writing, $0.baseAddress, $0.count) }
        close(standardInput.writing)
        let text = output.read()
        let code = child.wait()
        guard code == 0 else { throw Failure(description: "\(path) \(arguments) ended with \(code): \(text)") }
        return text
    }

    /// Runs git.
    @discardableResult
    static func git(_ arguments: String..., in directory: String, input: String = "") throws -> String {
        try run("/usr/bin/git", arguments, in: directory, input: input)
    }
}
