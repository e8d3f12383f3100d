import Model
import Starlark

/// repo.star and environments.star: what a repo file declares.
enum RepoModule {
    /// `repo(id)`.
    static let repo = SDKFunction.make(
        "repo", module: "repo.star", allowedIn: .repoFile, [.required("id")]
    ) { call, session in
        let id = try call.string("id")
        try DeclaredName.check(id, of: "a repo", by: .repo)
        try session.record { recorded in
            if let known = recorded.repo.name {
                throw SDKFailure("repo() is called twice: this repo is already declared as '\(known)'")
            }
            recorded.repo.name = RepoName(id)
        }
        return .none
    }

    /// `environment(name, attributes={}, archived=False)`.
    static let environment = SDKFunction.make(
        "environment", module: "environments.star", allowedIn: .repoFile,
        [.required("name"), .optional("attributes"), .optional("archived")]
    ) { call, session in
        let name = try call.string("name")
        try DeclaredName.check(name, of: "an environment", by: .environment)
        let attributes = try call.given("attributes").map {
            try JSONConversion.object($0, path: "attributes of environment '\(name)'")
        }
        let declaration = EnvironmentDeclaration(
            name: EnvironmentName(name), attributes: attributes ?? [:],
            isArchived: try call.bool("archived", default: false))
        let place = call.place
        try session.record { recorded in
            if let first = recorded.repo.places[declaration.name] {
                throw SDKFailure("environment '\(name)' is declared twice: first at \(first)")
            }
            guard recorded.repo.environments.count < session.limits.environmentsMax else {
                throw SDKFailure("a repo may declare at most \(session.limits.environmentsMax) environments")
            }
            recorded.repo.places[declaration.name] = place
            recorded.repo.environments.append(declaration)
        }
        return .none
    }
}
