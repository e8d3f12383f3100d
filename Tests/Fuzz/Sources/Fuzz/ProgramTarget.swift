import Starlark

/// Compiles and runs a file twice: whatever it does, it ends within its limits, and both times alike.
enum ProgramTarget {
    static let limits = EvaluationLimits(
        stepsMax: 30_000, bytesMax: 4 << 20, callDepthMax: 300, timeout: .seconds(60))

    static func run(_ bytes: [UInt8]) {
        guard let program = compiled(bytes) else { return }
        let first = outcome(program)
        let second = outcome(program)
        Finding.unless(first == second, "one run ended with \(first), another with \(second)")
    }

    private static func compiled(_ bytes: [UInt8]) -> Program? {
        do throws(StarlarkError) {
            return try Program(
                name: "input", bytes: bytes, dialect: .fuzzed(bytes), predeclared: FuzzNames.predeclared)
        } catch {
            Finding.unless(error.code == .syntax && error.location != nil, "not compiled: \(error)")
            Finding.unless(!error.description.isEmpty, "an error says something")
            return nil
        }
    }

    /// Everything that can be seen of a run.
    private static func outcome(_ program: Program) -> [String] {
        do throws(StarlarkError) {
            let module = try program.run(FuzzNames.settings, predeclared: FuzzNames.predeclared) { request in
                guard request.module == "defs.star" else { throw FuzzNames.NoModule() }
                return FuzzNames.loaded
            }
            var lines: [String] = []
            for name in module.globalNames { lines.append("\(name): \(data(name, module))") }
            for name in module.globalNames.prefix(8) { lines += called(name, module) }
            return lines
        } catch {
            return [shown(error)]
        }
    }

    private static func data(_ name: String, _ module: FrozenModule) -> String {
        do throws(StarlarkError) {
            return "\(module.typeName(of: name) ?? "") \(try module.data(name).map(FuzzNames.text) ?? "")"
        } catch {
            return shown(error)
        }
    }

    /// What a function gives without arguments, and with each number of ones it may have.
    private static func called(_ name: String, _ module: FrozenModule) -> [String] {
        guard let function = module.function(name) else { return [] }
        let evaluation = Evaluation(FuzzNames.settings)
        return (0...min(3, function.parameterNames.count)).map { count in
            do throws(StarlarkError) {
                let arguments: [HostValue] = [.int(count), .string("ab"), .list([.int(1), .string("c")])]
                return try evaluation.call(function, Array(arguments.prefix(count))).description
            } catch {
                return shown(error)
            }
        }
    }

    private static func shown(_ error: StarlarkError) -> String {
        Finding.unless(error.code != .syntax, "a run failed with a static error: \(error)")
        Finding.unless(!error.message.isEmpty && !error.description.isEmpty, "an error says something")
        return "\(error.code): \(error.summary)"
    }
}
