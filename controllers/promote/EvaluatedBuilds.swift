import Config
import Model

/// The packages as the commits of their Builds declare them, evaluated once in a pass.
struct EvaluatedBuilds {
    private var packages: [BuildID: Result<EvaluatedPackage, ConfigError>] = [:]

    /// Looks a Build up, or evaluates and keeps it.
    mutating func package(
        of build: BuildID, evaluate: () async throws -> Result<EvaluatedPackage, ConfigError>
    ) async rethrows -> Result<EvaluatedPackage, ConfigError> {
        if let found = packages[build] { return found }
        let evaluated = try await evaluate()
        packages[build] = evaluated
        return evaluated
    }
}
