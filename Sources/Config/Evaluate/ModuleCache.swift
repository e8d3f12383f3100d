import Synchronization

/// What was compiled and evaluated before, shared by all evaluations of a process.
///
/// A file is compiled once per path and content, and evaluated once per phase and the modules that it loads; so
/// thousands of packages that load the same tools evaluate them once. Two threads that miss at the same moment both
/// work; the first result stays.
final class ModuleCache: Sendable {
    /// A file by what decides how it compiles.
    private struct ProgramKey: Hashable {
        let path: String
        let bytes: [UInt8]
    }

    /// A module by what decides how it evaluates.
    private struct ModuleKey: Hashable {
        let phase: Phase
        let program: SourceProgram
        let dependencies: [EvaluatedModule]

        static func == (left: ModuleKey, right: ModuleKey) -> Bool {
            left.phase == right.phase && left.program === right.program
                && left.dependencies.elementsEqual(right.dependencies) { $0 === $1 }
        }

        func hash(into hasher: inout Hasher) {
            hasher.combine(phase)
            hasher.combine(ObjectIdentifier(program))
            for dependency in dependencies { hasher.combine(ObjectIdentifier(dependency)) }
        }
    }

    private let programs: Mutex<GenerationCache<ProgramKey, SourceProgram>>
    private let modules: Mutex<GenerationCache<ModuleKey, EvaluatedModule>>

    /// Makes a cache of at most `countMax` programs and as many modules.
    init(countMax: Int) {
        programs = Mutex(GenerationCache(countMax: countMax))
        modules = Mutex(GenerationCache(countMax: countMax))
    }

    /// The compiled file, compiled now if need be.
    func program(path: String, bytes: [UInt8], library: SDKLibrary) -> SourceProgram {
        let key = ProgramKey(path: path, bytes: bytes)
        if let known = programs.withLock({ $0.value(for: key) }) { return known }
        let made = SourceProgram(path: path, bytes: bytes, library: library)
        return programs.withLock { programs in
            if let known = programs.value(for: key) { return known }
            programs.insert(made, for: key)
            return made
        }
    }

    /// The evaluated module, evaluated now if need be; failures are not kept.
    func module(
        _ phase: Phase, _ program: SourceProgram, _ dependencies: [EvaluatedModule],
        evaluate: () throws(ConfigError) -> EvaluatedModule
    ) throws(ConfigError) -> EvaluatedModule {
        let key = ModuleKey(phase: phase, program: program, dependencies: dependencies)
        if let known = modules.withLock({ $0.value(for: key) }) { return known }
        let made = try evaluate()
        return modules.withLock { modules in
            if let known = modules.value(for: key) { return known }
            modules.insert(made, for: key)
            return made
        }
    }
}
