import Model

/// Where an order comes from: a commit, or a person's command.
struct SteeringOrigin: Sendable {
    /// The order's row.
    var order: Int64
    /// The repo whose commit says it, which alone it can steer; nil for a command, which can steer all.
    var repo: RepoID?
    /// The Change that brought the commit.
    var change: ChangeID?
    /// The commit.
    var commit: CommitID?
    /// The commit's author, or who ran the command.
    var by: String
}
