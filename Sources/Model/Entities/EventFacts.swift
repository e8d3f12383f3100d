import Foundation

/// An event with the names of what it concerns, for somebody who knows no ids.
public struct EventFacts: Hashable, Sendable, Codable {
    /// The event's id.
    public var id: EventID
    /// When it happened.
    public var at: Date
    /// What happened, such as `deployment.failed`.
    public var kind: String
    /// Who or what did it.
    public var actor: String
    /// One line for people.
    public var message: String
    /// The ids that it concerns.
    public var data: JSONObject
    /// The repo's name.
    public var repo: RepoName?
    /// The package's name.
    public var package: PackageName?
    /// The environment's name.
    public var environment: EnvironmentName?
    /// The Build.
    public var build: Build?
    /// The commit that it concerns.
    public var commit: CommitID?
    /// The first line of the commit's message.
    public var subject: String?
    /// The commit's author.
    public var author: String?

    /// A Build as events name it.
    public struct Build: Hashable, Sendable, Codable {
        /// The Build's id.
        public var id: BuildID
        /// Its number in the package.
        public var sequence: Int64
        /// The name it was given.
        public var alias: String?

        /// Makes a value from its parts.
        public init(id: BuildID, sequence: Int64, alias: String?) {
            self.id = id
            self.sequence = sequence
            self.alias = alias
        }
    }

    /// Takes an event; names are added to it.
    public init(_ event: Event) {
        id = event.id
        at = event.at
        kind = event.kind
        actor = event.actor
        message = event.message
        data = event.data
    }

    /// Where the status page shows it: `REPO//PACKAGE@ENVIRONMENT`, less where it concerns less; empty for nothing.
    public var anchor: String {
        guard let repo else { return "" }
        guard let package else { return repo.rawValue }
        return "\(repo)//\(package)" + (environment.map { "@\($0)" } ?? "")
    }
}
