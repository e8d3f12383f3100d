/// A place that packages are deployed to, shared by all repos.
public struct Environment: Identified, Sendable, Codable {
    /// Environment ids begin with `e`.
    public static let idPrefix = "e"

    /// The row's id.
    public let id: EnvironmentID
    /// Its name, unique over all repos.
    public let name: EnvironmentName
    /// What the declaration says of it; policies and deploys read it.
    public let attributes: JSONObject
    /// An archived environment runs nothing: what was deployed there is destroyed.
    public let isArchived: Bool

    /// Makes a value from its parts.
    public init(id: EnvironmentID, name: EnvironmentName, attributes: JSONObject, isArchived: Bool) {
        self.id = id
        self.name = name
        self.attributes = attributes
        self.isArchived = isArchived
    }
}
