/// Chooses placements by what people call things; a part that is nil chooses all.
public struct PlacementFilter: Hashable, Sendable, Codable {
    /// A repo: its id, declared name, URL, or the URL's short form.
    public var repo: String?
    /// A package's name.
    public var package: String?
    /// An environment's name.
    public var environment: String?

    /// Makes a filter; without arguments it chooses all.
    public init(repo: String? = nil, package: String? = nil, environment: String? = nil) {
        self.repo = repo
        self.package = package
        self.environment = environment
    }
}

/// Chooses what `status` shows.
public typealias StatusFilter = PlacementFilter
