/// What is running: decides which functions of the SDK may be called.
enum Phase: String, Sendable, CaseIterable {
    /// The top level of repo.ocu.star.
    case repoFile
    /// The top level of a package.ocu.star.
    case packageFile
    /// The top level of a file that another loads.
    case library
    /// A policy function, on the server.
    case policy
    /// A build function.
    case build
    /// A deploy function.
    case deploy
    /// A destroy function.
    case destroy
    /// A task.
    case task
    /// What a person types.
    case console

    /// How an error names the place.
    var place: String {
        switch self {
        case .repoFile: "at the top level of repo.ocu.star"
        case .packageFile: "at the top level of package.ocu.star"
        case .library: "at the top level of a loaded file"
        case .policy: "in a policy function"
        case .build, .deploy, .destroy: "in a \(rawValue) function"
        case .task: "in a task"
        case .console: "at the console"
        }
    }

    /// Whether files only declare here.
    var isTopLevel: Bool { self == .repoFile || self == .packageFile || self == .library }
}
