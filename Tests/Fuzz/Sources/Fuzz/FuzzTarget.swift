import Glibc

/// What an input is given to.
///
/// A finding is a trap: libFuzzer writes the input to a file.
enum FuzzTarget: String, CaseIterable {
    /// Scan, parse and resolve.
    case syntax
    /// Compile and run, then call every function that the file exports.
    case program
    /// `json.decode`, `json.encode`, `json.indent`.
    case json
    /// What `repr` shows of an expression's value reads back as an equal value.
    case repr

    static let chosen: FuzzTarget = {
        guard let name = getenv("OCUROOT_FUZZ_TARGET"), let target = FuzzTarget(rawValue: String(cString: name)) else {
            let names = allCases.map(\.rawValue).joined(separator: ", ")
            preconditionFailure("OCUROOT_FUZZ_TARGET must be one of \(names)")
        }
        return target
    }()

    func run(_ bytes: [UInt8]) {
        let start = FuzzTarget.processorSeconds()
        switch self {
        case .syntax: SyntaxTarget.run(bytes)
        case .program: ProgramTarget.run(bytes)
        case .json: JSONTarget.run(bytes)
        case .repr: ReprTarget.run(bytes)
        }
        let seconds = FuzzTarget.processorSeconds() - start
        Finding.unless(seconds < FuzzTarget.secondsMax, "within tight limits an input took \(seconds) s")
    }

    /// Steps are few, so an input that takes longer than this does work that is not charged.
    private static let secondsMax = 4.0

    static func exit(_ status: CInt) -> Never { Glibc.exit(status) }

    private static func processorSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
