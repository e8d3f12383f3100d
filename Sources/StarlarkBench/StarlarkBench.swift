import Glibc
import Starlark

/// Runs, compiles, or runs many files, to be measured from outside; says nothing that was not asked for.
@main
enum StarlarkBench {
    private static let usage = """
        usage: starlark-bench FILE              run a file, everything optional in the language allowed
               starlark-bench --parse FILE      compile it
               starlark-bench --packages DIR    run each p*.star of a directory as a module of its own
        """

    static func main() {
        let arguments = CommandLine.arguments.dropFirst()
        do {
            switch (arguments.first, arguments.count) {
            case ("--parse", 2): try BenchFile(arguments[2]).compile()
            case ("--packages", 2): print(try PackageFiles(directory: arguments[2]).run())
            case (let file?, 1) where !file.hasPrefix("-"): try BenchFile(file).run()
            default: end(with: usage, 2)
            }
        } catch {
            end(with: "\(error)", 1)
        }
    }

    private static func end(with text: String, _ status: Int32) -> Never {
        fflush(nil)
        let bytes = Array((text + "\n").utf8)
        _ = write(STDERR_FILENO, bytes, bytes.count)
        exit(status)
    }
}
