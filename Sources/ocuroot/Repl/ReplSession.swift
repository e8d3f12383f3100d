import Blocking
import Config
import Foundation
import Runner
import Starlark

/// One console, from its first prompt to its end.
///
/// Everything happens on a thread of its own, since it waits for keys and for what functions do.
actor ReplSession {
    private nonisolated let executor = BlockingExecutor(label: "ocuroot.repl")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let scope: ConsoleScope
    private let host: LocalHost
    private let interrupts = Interrupts()
    private let output = Terminal.standardOutput
    private let errors = Terminal.standardError

    init(scope: ConsoleScope, host: LocalHost) {
        self.scope = scope
        self.host = host
    }

    /// Reads and runs until the input ends.
    ///
    /// - Parameter bindsFile: whether the globals of the scope's file are bound first.
    /// - Returns: whether everything went well: with a person at the terminal always, else only without an error.
    func run(bindsFile: Bool, history: LineHistory) async throws -> Bool {
        let console = Console(scope.settings, predeclared: scope.predeclared)
        let interrupt = interrupts.watch { [host] in host.stop() }
        defer { interrupt.cancel() }
        var hasFailed = false
        if bindsFile { hasFailed = await !bindFile(console) }
        var source = ReplSource(input: STDIN_FILENO, terminal: output, history: history)
        if hasFailed, !source.isInteractive { return false }
        while let text = try nextChunk(from: &source, for: console) {
            if await !run(text, in: console) { hasFailed = true }
        }
        try source.saveHistory()
        return source.isInteractive || !hasFailed
    }

    /// Reads lines until they make a whole chunk; nil at the end of the input.
    private func nextChunk(from source: inout ReplSource, for console: Console) throws -> String? {
        let complete = NameCompletion(console: console)
        var text = ""
        repeat {
            let prompt = !source.isInteractive ? "" : text.isEmpty ? ">>> " : "... "
            switch try source.next(prompt: prompt, complete: complete.callAsFunction) {
            case .line(let line): text += line + "\n"
            case .interrupted: text = ""
            case .ended: return text.isEmpty ? nil : text + "\n"
            }
        } while text.isEmpty || console.needsMore(text)
        return text
    }

    private func bindFile(_ console: Console) async -> Bool {
        do throws(ConfigError) {
            let file = try await scope.file()
            output.write(file.output)
            console.bind(file.module)
            return true
        } catch {
            errors.complain("\(error)", hint: nil)
            return false
        }
    }

    /// Runs one chunk and shows its answer or its error; false after an error.
    private func run(_ text: String, in console: Console) async -> Bool {
        let modules: [String: FrozenModule]
        do throws(ConfigError) {
            modules = try await scope.modules(for: console.loads(of: text))
        } catch {
            errors.complain("\(error)", hint: nil)
            return false
        }
        interrupts.isGiven = false
        let result = await host.perform { cancellation in
            Result { () throws(StarlarkError) in
                try console.run(text, modules: modules, cancellation: cancellation.signal).map { $0.debugDescription }
            }
        }
        switch result {
        case .success(let answer):
            if let answer { output.line(answer) }
            return true
        case .failure(let error):
            if interrupts.isGiven {
                errors.line("interrupted")
            } else {
                errors.line("\(error)")
            }
            return false
        }
    }
}
