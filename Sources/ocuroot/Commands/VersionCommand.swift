import ArgumentParser

/// The command `ocuroot version`.
struct VersionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "version", abstract: "Show the version of this binary.")

    @OptionGroup var output: OutputOptions

    mutating func run() throws {
        if output.json { return try output.printJSON(["version": Version.text]) }
        Terminal.standardOutput.line("ocuroot \(Version.text)")
    }
}
