import Model

/// An environment's row as a delivery finds it.
struct KnownEnvironment: Sendable {
    var id: EnvironmentID
    var name: EnvironmentName
    var owner: RepoID
    var ownerName: RepoName
    var attributes: JSONObject
    var isArchived: Bool
    var isRemoved: Bool
}
