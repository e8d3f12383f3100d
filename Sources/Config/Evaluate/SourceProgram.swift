import Starlark

/// A file of a repo, compiled or found wrong: what its path and bytes alone decide.
final class SourceProgram: Sendable {
    /// The path from the root of the repo.
    let path: String
    /// The compiled file, or why it does not compile.
    let program: Result<Program, ConfigError>
    /// What its loads refer to, in order; nothing when it does not compile.
    let references: [ProgramLoad]

    /// Compiles a file.
    init(path: String, bytes: [UInt8], library: SDKLibrary) {
        self.path = path
        do {
            let compiled = try Program(name: path, bytes: bytes, predeclared: library.universals)
            program = .success(compiled)
            references = compiled.loads.map { ProgramLoad($0, in: path, library: library) }
        } catch {
            program = .failure(ConfigError(error, code: .invalid, operation: "compile", subject: path))
            references = []
        }
    }

    /// Stands for a file that is larger than allowed.
    init(path: String, tooLargeFor limits: ConfigLimits) {
        self.path = path
        references = []
        program = .failure(
            ConfigError(
                .limit, operation: "read", subject: path,
                cause: "the file is larger than the \(limits.fileBytesMax) bytes allowed"))
    }

    /// The files of the repo that it loads.
    var filePaths: [String] {
        references.compactMap { reference in
            if case .file(let path) = reference.referent { path } else { nil }
        }
    }
}
