import ArgumentParser
import Config
import Foundation
import Runner

/// The command `ocuroot repl`.
struct ReplCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "repl",
        abstract: "Try configuration and Starlark line by line.",
        discussion: """
            With FILE, such as a package.ocu.star, the console begins with its globals and with what it loads. 'load' \
            finds the modules of the SDK and the files of the checkout ('//' is its root). Functions of the SDK act \
            on this machine as they would in a run; nothing is recorded, and no server is needed.

            Tab completes names and attributes, Ctrl-C drops what is typed or stops what runs, Ctrl-D ends. The lines \
            typed are kept in $XDG_STATE_HOME/ocuroot/repl-history. Input that is not a terminal is run as if \
            typed; the exit code is then 1 if anything failed.
            """)

    @Argument(help: "A file whose globals to begin with.", completion: .file(extensions: ["star"]))
    var file: String?

    func run() async throws {
        let place = try ReplPlace(file: file)
        let surroundings = Surroundings.current
        let host: LocalHost
        let scope: ConsoleScope
        do {
            host = try LocalHost(
                root: place.root, packageDirectory: place.directory,
                environment: surroundings.forRunners(without: ["OCUROOT_"])
            ) { bytes in Terminal.standardOutput.write(bytes: Array(bytes)) }
            scope = try ConsoleScope(path: place.path, tree: DirectoryTree(root: place.root), host: host)
        } catch {
            throw CommandError("\(error)", hint: "check that the directory can be read")
        }
        let history = LineHistory(path: surroundings.stateDirectory + "/repl-history")
        let session = ReplSession(scope: scope, host: host)
        guard try await session.run(bindsFile: file != nil, history: history) else { throw ExitStatus.failed }
    }
}
