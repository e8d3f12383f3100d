/// An environment as repo.ocu.star declares it at one commit.
public struct EnvironmentDeclaration: Hashable, Sendable, Codable {
    /// Its name.
    public let name: EnvironmentName
    /// Its attributes.
    public let attributes: JSONObject
    /// Whether it is archived.
    public let isArchived: Bool

    /// Makes a value from its parts.
    public init(name: EnvironmentName, attributes: JSONObject, isArchived: Bool) {
        self.name = name
        self.attributes = attributes
        self.isArchived = isArchived
    }
}
