import Foundation

extension StatusReport {
    /// A hold on a placement.
    public struct Hold: Sendable, Codable, Equatable {
        /// Who asked for it: the commit's author, or who ran the command.
        public var by: String
        /// The commit that asked for it; nil for a command.
        public var commit: CommitID?
        /// Since when it counts.
        public var since: Date
        /// Why; empty when nothing was said.
        public var reason: String

        /// Makes a value of a hold.
        public init(_ restraint: Restraint) {
            by = restraint.by
            commit = restraint.commit
            since = restraint.since
            reason = restraint.reason
        }

        /// Writes `commit` as null where it is nil.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(by, forKey: .by)
            try container.encode(commit, forKey: .commit)
            try container.encode(since, forKey: .since)
            try container.encode(reason, forKey: .reason)
        }

        /// One line for people: by whom, why.
        public var sentence: String {
            Restraint(kind: .hold, by: by, commit: commit, since: since, reason: reason).sentence()
        }
    }

    /// A pin on a placement.
    public struct Pin: Sendable, Codable, Equatable {
        /// The Build that runs here, whatever the policy says.
        public var build: BuildSummary
        /// Who asked for it: the commit's author, or who ran the command.
        public var by: String
        /// The commit that asked for it; nil for a command.
        public var commit: CommitID?
        /// Since when it counts.
        public var since: Date
        /// Why; empty when nothing was said.
        public var reason: String

        /// Makes a value of a pin and its Build.
        public init(_ restraint: Restraint, build: BuildSummary) {
            self.build = build
            by = restraint.by
            commit = restraint.commit
            since = restraint.since
            reason = restraint.reason
        }

        /// Writes `commit` as null where it is nil.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(build, forKey: .build)
            try container.encode(by, forKey: .by)
            try container.encode(commit, forKey: .commit)
            try container.encode(since, forKey: .since)
            try container.encode(reason, forKey: .reason)
        }

        /// One line for people: to what, by whom, why.
        public var sentence: String {
            Restraint(kind: .pin, by: by, commit: commit, since: since, reason: reason).sentence(build: build.sequence)
        }
    }
}
