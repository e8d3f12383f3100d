/// Runs a program with every implementation in turn.
struct StarlarkRace {
    let contestants: [StarlarkContestant]
    let runs: Int
    /// Whether the processors' time is taken instead of the time on the wall.
    let countsCPU: Bool

    /// The seconds of every run of each implementation, process start included, by its name.
    ///
    /// - Throws: when one fails, or prints something else than the others.
    func run(_ program: StarlarkProgram) throws -> [String: [Double]] {
        var seconds: [String: [Double]] = [:]
        var outputs: [String: String] = [:]
        for _ in 0..<runs {
            for contestant in contestants {
                let arguments = contestant.loadsTarget ? program.argumentsLoadingTarget : program.arguments
                let command = contestant.command + arguments
                let process = try MeasuredProcess.run(command[0], Array(command.dropFirst()))
                seconds[contestant.name, default: []].append(
                    countsCPU ? process.cpuSeconds : process.wallSeconds)
                outputs[contestant.name] = process.output
            }
        }
        if program.printsResult, Set(outputs.values).count > 1 {
            let shown = outputs.map { "\($0.key): \($0.value.prefix(200))" }.sorted().joined(separator: "\n")
            throw BenchError("\(program.name): not all print the same\n\(shown)")
        }
        return seconds
    }
}
