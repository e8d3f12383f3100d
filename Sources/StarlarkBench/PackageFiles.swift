import Starlark
import Synchronization

/// A directory of small package files that load one `defs.star` and declare targets, as a server evaluates them.
struct PackageFiles {
    private let directory: String

    init(directory: String) {
        self.directory = directory
    }

    /// Runs every `p*.star` as a module of its own; `defs.star` is run and frozen once.
    ///
    /// - Returns: the counts of files, targets and keyword arguments.
    func run() throws -> String {
        let counts = Counts()
        let predeclared = try PackageFiles.predeclared(counts)
        let dialect = DialectOptions()
        let definitions = try Program(
            name: "defs.star", bytes: FileBytes.read(directory + "/defs.star"), dialect: dialect,
            predeclared: predeclared
        ).run(predeclared: predeclared) { throw BenchError.noModule($0.module) }
        var files = 0
        for name in try FileBytes.names(in: directory) where name.hasPrefix("p") && name.hasSuffix(".star") {
            let bytes = try FileBytes.read("\(directory)/\(name)")
            let program = try Program(name: name, bytes: bytes, dialect: dialect, predeclared: predeclared)
            _ = try program.run(predeclared: predeclared) { request in
                guard request.module == "defs.star" else { throw BenchError.noModule(request.module) }
                return definitions
            }
            files += 1
        }
        return "\(files) files, \(counts.targets) targets, \(counts.arguments) keyword arguments"
    }

    /// `struct`, and `target(**kwargs)`, which counts and returns its arguments as a dict.
    private static func predeclared(_ counts: Counts) throws -> FrozenModule {
        let target = HostFunction(variadic: "target") { call in
            let arguments = try call.namedArguments()
            counts.add(arguments: call.namedCount)
            return .reference(arguments)
        }
        return try FrozenModule(
            name: "predeclared", values: ["struct": .library(.structure), "target": .function(target)])
    }

    /// What the files declared.
    private final class Counts: Sendable {
        private let targetCount = Atomic(0)
        private let argumentCount = Atomic(0)

        var targets: Int { targetCount.load(ordering: .relaxed) }
        var arguments: Int { argumentCount.load(ordering: .relaxed) }

        func add(arguments: Int) {
            targetCount.add(1, ordering: .relaxed)
            argumentCount.add(arguments, ordering: .relaxed)
        }
    }
}
