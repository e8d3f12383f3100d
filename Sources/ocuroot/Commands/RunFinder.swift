import Model
import Server
import Store

/// Finds the Run that a person means.
struct RunFinder: Sendable {
    let client: APIClient

    /// The newest Run that fits: a run's id, a build's id, or `[REPO//]PACKAGE[@ENVIRONMENT]`.
    func run(for subject: String) async throws -> RunID {
        if let run = RunID(subject) { return run }
        if let build = BuildID(subject) {
            let runs = try await runs(["build": "\(build)"]).filter { $0.run.kind == .build }
            guard let newest = runs.first else { throw nothing(subject) }
            return newest.run.id
        }
        guard let pattern = PlacementPattern(subject) else { throw nothing(subject) }
        let runs = try await runs(["package": pattern.package, "environment": pattern.environment])
        let fitting = runs.filter { pattern.repo == nil || $0.repo.rawValue == pattern.repo }
        guard let newest = fitting.first else { throw nothing(subject) }
        return newest.run.id
    }

    private func runs(_ query: [String: String?]) async throws -> [RunListing] {
        var query = query
        query["limit"] = "200"
        let list: RunList = try await client.get("/api/v1/runs", query)
        return list.runs
    }

    private func nothing(_ subject: String) -> CommandError {
        CommandError(
            "nothing has run for '\(subject)' yet", hint: "'ocuroot status' lists packages; 'ocuroot log' what happened"
        )
    }
}
