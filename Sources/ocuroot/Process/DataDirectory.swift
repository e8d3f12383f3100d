/// The files of a server under its data directory.
struct DataDirectory: Sendable, Equatable {
    /// The directory's absolute path.
    let path: String

    /// Where the server that runs on it is reached.
    var serverFile: String { path + "/server.json" }
    /// The API key, readable by the owner only.
    var apiKeyFile: String { path + "/api-key" }
    /// The master keys under which secrets are stored, readable by the owner only.
    var masterKeyFile: String { path + "/master-key" }
    /// Locked while a server runs on it.
    var lockFile: String { path + "/lock" }
    /// The private database cluster.
    var postgres: String { path + "/postgres" }
    /// The object store.
    var objects: String { path + "/objects" }
    /// The bare copies of the repos.
    var mirrors: String { path + "/mirrors" }
    /// The worktrees of the local runner.
    var runner: String { path + "/runner" }
    /// What runner processes themselves write.
    var runnerOutput: String { path + "/runner/output" }
}
