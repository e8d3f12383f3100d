import ArgumentParser
import Foundation
import Model

/// How a command prints.
struct OutputOptions: ParsableArguments {
    @Flag(help: "Print JSON for scripts; its format is stable.")
    var json = false

    /// Prints a value as JSON.
    func printJSON(_ value: some Encodable) throws {
        let isPretty = Terminal.standardOutput.isInteractive
        Terminal.standardOutput.line(String(decoding: try JSONText.encode(value, pretty: isPretty), as: UTF8.self))
    }
}
