import ArgumentParser
import Foundation
import Starlark

/// The command `ocuroot starlark`.
struct StarlarkCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "starlark",
        abstract: "Run a Starlark file that has nothing to do with a repository.",
        discussion: """
            What the file prints goes to standard output. 'load' takes files, seen from the file that loads. The \
            modules json, math and time and the function struct are predeclared.

            Options of the language, all off unless named with --option: \
            \(DialectOptions.Feature.allCases.map(\.rawValue).joined(separator: ", ")).

            EXAMPLES
              ocuroot starlark policy.star
              ocuroot starlark --option toplevel,while --timeout 5s script.star
              echo 'print(1 << 100)' | ocuroot starlark -
            """)

    @Argument(help: "The file; - for standard input.")
    var file: String

    @Flag(help: "Check and compile the file; run nothing.")
    var parse = false

    @Option(
        name: .customLong("option"), help: ArgumentHelp("Allow more of the language.", valueName: "name,…"),
        transform: StarlarkCommand.features)
    var features: [[DialectOptions.Feature]] = []

    @Option(help: ArgumentHelp("How many steps each file may take. (default: no limit)", valueName: "n"))
    var steps: Int?

    @Option(help: ArgumentHelp("How many bytes of values each file may make.", valueName: "size"))
    var memory = ByteSize(bytes: 1 << 30)

    @Option(help: ArgumentHelp("For how long all of it may run. (default: no limit)", valueName: "span"))
    var timeout: DurationText?

    mutating func validate() throws {
        if let steps, steps < 0 { throw ValidationError("--steps takes a number that is not negative.") }
    }

    mutating func run() throws {
        let text = try SourceText.read(file)
        let name = file == "-" ? "<stdin>" : file
        let dialect = DialectOptions(features.joined())
        do throws(StarlarkError) {
            let predeclared = try FrozenModule.wholeLibrary()
            if parse {
                _ = try Program(name: name, bytes: text, dialect: dialect, predeclared: predeclared)
            } else {
                let loader = ModuleLoader(
                    settings: settings, dialect: dialect, predeclared: predeclared, resolve: StarlarkCommand.source)
                _ = try loader.load(name: name, bytes: text)
            }
        } catch {
            fflush(nil)
            Terminal.standardError.line(error.description)
            throw ExitStatus.failed
        }
    }

    private var settings: EvaluationSettings {
        let limits = EvaluationLimits(
            stepsMax: steps ?? .max, bytesMax: memory.bytes, timeout: timeout?.duration)
        return EvaluationSettings(
            limits: limits, print: { Swift.print($0) },
            now: { Int64(Date().timeIntervalSince1970 * 1e9) })
    }

    /// The file a load statement names, seen from the one that loads.
    private static func source(_ request: LoadRequest) throws -> ModuleLoader.Source {
        let path = SourceText.path(of: request.module, from: request.importer)
        do {
            return .bytes(name: path, try SourceText.read(path))
        } catch let error as CommandError {
            if request.module.hasPrefix("github.com/ocuroot/sdk/") {
                throw StarlarkError(.load, "this loads Ocuroot's SDK: use 'ocuroot repl FILE'")
            }
            throw StarlarkError(.load, error.message)
        }
    }

    private static func features(_ text: String) throws -> [DialectOptions.Feature] {
        try text.split(separator: ",").map { name in
            if let feature = DialectOptions.Feature(rawValue: String(name)) { return feature }
            let known = DialectOptions.Feature.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("there is no option '\(name)'; there are \(known).")
        }
    }
}
