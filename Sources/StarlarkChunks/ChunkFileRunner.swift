import Starlark
import StarlarkSyntax

/// Runs test files.
public struct ChunkFileRunner {
    private let hosts: ChunkHosts
    /// Reads a file that a chunk loads, by its path.
    private let read: (String) throws -> [UInt8]
    /// What a chunk may use.
    private let limits = EvaluationLimits(stepsMax: 10_000_000, bytesMax: 2 << 30, timeout: .seconds(120))

    /// A runner whose chunks may load files, which `read` finds by path.
    public init(read: @escaping (String) throws -> [UInt8]) throws(StarlarkError) {
        hosts = try ChunkHosts()
        self.read = read
    }

    /// Runs every chunk of a file and compares what happened with what is promised.
    public func run(_ file: ChunkFile) -> ChunkFileResult {
        if let mistake = file.mistake {
            return ChunkFileResult(
                path: file.path, passed: 0, failed: 1, problems: ["\(file.path):\(mistake.line): \(mistake.reason)"],
                notes: [], omission: nil)
        }
        if let omission = file.omission {
            return ChunkFileResult(path: file.path, passed: 0, failed: 0, problems: [], notes: [], omission: omission)
        }
        var failed = 0
        var problems: [String] = []
        var notes: [String] = []
        for chunk in file.chunks {
            let reporter = ChunkReporter(path: file.path)
            let verdict = ChunkVerdict(errors(of: chunk, file, reporter), of: chunk, file)
            let found = reporter.problems + verdict.problems
            if !found.isEmpty { failed += 1 }
            problems += found
            notes += verdict.notes
        }
        return ChunkFileResult(
            path: file.path, passed: file.chunks.count - failed, failed: failed, problems: problems, notes: notes,
            omission: nil)
    }

    private func errors(of chunk: Chunk, _ file: ChunkFile, _ reporter: ChunkReporter) -> [ChunkError] {
        switch file.stage {
        case .parse: check(chunk, file, resolves: false)
        case .resolve: check(chunk, file, resolves: true)
        case .run: run(chunk, file, reporter)
        }
    }

    /// What chunks of a folder `resolve` may use.
    private static let names = NameTable(
        predeclared: ["M"], universals: ["U", "None", "True", "False", "float", "len"])

    /// The static errors of a chunk that is not run.
    private func check(_ chunk: Chunk, _ file: ChunkFile, resolves: Bool) -> [ChunkError] {
        do throws(SyntaxErrors) {
            let source = SourceFile(name: file.path, bytes: chunk.bytes)
            if resolves {
                _ = try ResolvedProgram.resolve(source, options: chunk.dialect, names: ChunkFileRunner.names)
            } else {
                _ = try SyntaxTree.parse(source, options: chunk.dialect)
            }
            return []
        } catch {
            return error.errors.map(ChunkError.init)
        }
    }

    private func run(_ chunk: Chunk, _ file: ChunkFile, _ reporter: ChunkReporter) -> [ChunkError] {
        let settings = EvaluationSettings(limits: limits, now: { 1_700_000_000_000_000_000 }, context: reporter)
        let loader = ModuleLoader(
            settings: settings, dialect: chunk.dialect, predeclared: hosts.predeclared
        ) { request in
            if let module = hosts.modules[request.module] { return .module(module) }
            let folder = file.path.lastIndex(of: "/").map { String(file.path[...$0]) } ?? ""
            let path = folder + request.module
            return .bytes(name: path, try read(path))
        }
        do throws(StarlarkError) {
            _ = try loader.load(name: file.path, bytes: chunk.bytes)
            return []
        } catch {
            return ChunkError.all(error, of: file)
        }
    }
}
