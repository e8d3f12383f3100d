import Starlark

/// A file of its own, with what the library has predeclared.
struct BenchFile {
    private let name: String
    private let bytes: [UInt8]

    init(_ path: String) throws {
        name = path
        bytes = try FileBytes.read(path)
    }

    private var dialect: DialectOptions { DialectOptions(DialectOptions.Feature.allCases) }

    /// Compiles the file.
    func compile() throws { _ = try Program(name: name, bytes: bytes, dialect: dialect, predeclared: .wholeLibrary()) }

    /// Compiles and runs it.
    func run() throws {
        let predeclared = try FrozenModule.wholeLibrary()
        let program = try Program(name: name, bytes: bytes, dialect: dialect, predeclared: predeclared)
        let settings = EvaluationSettings(
            limits: EvaluationLimits(bytesMax: 16 << 30, callDepthMax: 100_000), print: { print($0) })
        _ = try program.run(settings, predeclared: predeclared) { request in throw BenchError.noModule(request.module) }
    }
}
