import Glibc
import StarlarkChunks

/// Runs test files of the public suites and prints, file by file, how many of their chunks passed and failed.
@main
enum StarlarkConformance {
    static func main() {
        let arguments = CommandLine.arguments.dropFirst()
        guard !arguments.isEmpty, !arguments.contains(where: { $0.hasPrefix("-") }) else {
            finish("usage: starlark-conformance DIR…", 2)
        }
        do {
            let runner = try ChunkFileRunner(read: TestFiles.read)
            let failed = try arguments.map { try run($0, runner) }.reduce(0, +)
            exit(failed == 0 ? 0 : 1)
        } catch {
            finish("\(error)", 2)
        }
    }

    /// Runs the files of one directory; returns how many chunks failed.
    private static func run(_ directory: String, _ runner: ChunkFileRunner) throws -> Int {
        let paths = try TestFiles.paths(under: directory)
        guard !paths.isEmpty else { throw TestFilesError(path: directory, reason: "there are no .star files") }
        var (files, passed, failed, omitted) = (0, 0, 0, 0)
        for path in paths {
            let result = runner.run(ChunkFile(path: path, bytes: try TestFiles.read(path)))
            if let omission = result.omission {
                print("\(path): left out: \(omission)")
                omitted += 1
                continue
            }
            print("\(path): \(result.passed) passed, \(result.failed) failed")
            for note in result.notes { print("  note: \(note)") }
            for problem in result.problems { print("  \(problem)") }
            files += 1
            passed += result.passed
            failed += result.failed
        }
        let rest = omitted == 0 ? "" : "; \(omitted) files left out"
        print("\(directory): \(files) files, \(passed + failed) chunks: \(passed) passed, \(failed) failed\(rest)")
        return failed
    }

    private static func finish(_ message: String, _ status: Int32) -> Never {
        fflush(nil)
        let bytes = Array((message + "\n").utf8)
        _ = write(STDERR_FILENO, bytes, bytes.count)
        exit(status)
    }
}
