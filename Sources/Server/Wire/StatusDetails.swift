import Model

/// The answer to `GET /api/v1/status?details=true`: the report's fields, and what a person is shown beside them.
public struct StatusDetails: Sendable, Codable {
    /// What `ocuroot status --json` prints.
    public var report: StatusReport
    /// What is not well, one sentence each; at most 100.
    public var failures: [String]
    /// Those of the report's Builds that were made with an uncommitted patch.
    public var patchedBuilds: Set<BuildID>

    private enum CodingKeys: String, CodingKey {
        case failures, patchedBuilds
    }

    /// Makes a value from its parts.
    public init(report: StatusReport, failures: [String], patchedBuilds: Set<BuildID>) {
        self.report = report
        self.failures = failures
        self.patchedBuilds = patchedBuilds
    }

    /// Reads the report's fields and its own from one object.
    public init(from decoder: any Decoder) throws {
        report = try StatusReport(from: decoder)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        failures = try container.decode([String].self, forKey: .failures)
        patchedBuilds = try container.decode(Set<BuildID>.self, forKey: .patchedBuilds)
    }

    /// Writes the report's fields and its own into one object.
    public func encode(to encoder: any Encoder) throws {
        try report.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(failures, forKey: .failures)
        try container.encode(patchedBuilds.sorted(), forKey: .patchedBuilds)
    }
}
