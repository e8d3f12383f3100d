import Model
import Starlark
import Synchronization

/// What one evaluation carries along: which phase it is, and what the SDK's functions record and reach.
///
/// The functions of the SDK find it as the context of their call.
final class Session: Sendable {
    /// What is running.
    let phase: Phase
    /// The bounds in force.
    let limits: ConfigLimits
    /// The host; nil on the server.
    let host: (any HostEffects)?
    /// What a policy may know; nil in other phases.
    let facts: PolicyFacts?
    /// The package whose function runs; nil at the top level.
    let package: PackageName?
    /// The directory of the package file, `""` for the root.
    let directory: String
    /// What `package` declared so far.
    let packages = PendingPackages()
    private let recorded = Mutex(Recorded())

    /// What the evaluation has recorded so far.
    struct Recorded: Sendable {
        /// What `repo` and `environment` declared.
        var repo = DeclaredRepo()
        /// What `set_alias` was given last.
        var alias: String?
        /// Whose deployments a policy asked about.
        var reads: [PackageReference] = []
        /// What was printed on the server.
        var output = BoundedOutput()
    }

    init(
        phase: Phase, limits: ConfigLimits, host: (any HostEffects)? = nil, facts: PolicyFacts? = nil,
        package: PackageName? = nil, directory: String = ""
    ) {
        self.phase = phase
        self.limits = limits
        self.host = host
        self.facts = facts
        self.package = package
        self.directory = directory
    }

    /// Everything that was recorded.
    var contents: Recorded { recorded.withLock { $0 } }

    /// Changes what is recorded.
    func record<Result>(_ change: (inout sending Recorded) throws -> sending Result) rethrows -> sending Result {
        try recorded.withLock(change)
    }

    /// The host, in the phases that have one.
    func requireHost(_ name: String) throws -> any HostEffects {
        guard let host else { throw SDKFailure("\(name)() needs a runner") }
        return host
    }

    /// How Starlark is to run under this session.
    func settings(_ bounds: ConfigLimits.Bounds, cancellation: Cancellation? = nil) -> EvaluationSettings {
        var settings = EvaluationSettings()
        settings.limits = EvaluationLimits(
            stepsMax: bounds.stepsMax ?? .max, bytesMax: bounds.memoryBytesMax, timeout: bounds.timeMax)
        settings.cancellation = cancellation
        settings.context = self
        settings.print = { [self] line in
            if let host {
                host.print(line)
            } else {
                record { $0.output.append(line, bytesMax: limits.outputBytesMax) }
            }
        }
        return settings
    }
}
