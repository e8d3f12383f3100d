/// The phases in which a function of the SDK may be called.
struct AllowedIn: Sendable, Equatable {
    /// The phases.
    let phases: Set<Phase>

    /// Wherever the host may be touched: functions that a runner executes, and the console.
    static let runner = AllowedIn(phases: [.build, .deploy, .destroy, .task, .console])
    /// Functions that a runner executes, policies, and the console.
    static let runnerAndPolicy = AllowedIn(phases: [.build, .deploy, .destroy, .task, .policy, .console])
    /// Policies only, and the console, where they may be tried.
    static let policy = AllowedIn(phases: [.policy, .console])
    /// Everywhere.
    static let everywhere = AllowedIn(phases: Set(Phase.allCases))
    /// The top level of repo.ocu.star.
    static let repoFile = AllowedIn(phases: [.repoFile])
    /// The top level of package.ocu.star.
    static let packageFile = AllowedIn(phases: [.packageFile])
    /// Wherever a form may be put together.
    static let declarations = AllowedIn(phases: [.packageFile, .library, .policy])
    /// Deploys and tasks.
    static let deployAndTask = AllowedIn(phases: [.deploy, .task])

    /// How an error lists them: "build, deploy and task functions", "the top level of package.ocu.star".
    var description: String {
        let functions = [Phase.policy, .build, .deploy, .destroy, .task].filter(phases.contains).map(\.rawValue)
        var places: [String] = []
        if let last = functions.last {
            let list = functions.count == 1 ? last : functions.dropLast().joined(separator: ", ") + " and " + last
            places.append("in \(list) functions")
        }
        for phase in [Phase.repoFile, .packageFile] where phases.contains(phase) { places.append(phase.place) }
        return places.joined(separator: " and ")
    }
}
