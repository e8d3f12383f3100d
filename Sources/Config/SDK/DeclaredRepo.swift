import Model
import Starlark

/// What a repo file has declared so far.
struct DeclaredRepo: Sendable {
    /// What `repo(id)` said.
    var name: RepoName?
    /// The environments in their order.
    var environments: [EnvironmentDeclaration] = []
    /// Where each environment was declared.
    var places: [EnvironmentName: String] = [:]
}
