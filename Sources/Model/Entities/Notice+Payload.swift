extension Notice {
    /// What is said.
    public enum Payload: Hashable, Sendable {
        /// How a commit fares in one respect.
        case status(CommitStatus)
        /// How a deployment goes.
        case deployment(HostDeployment)
        /// What happened.
        case event(EventFacts)
    }
}

extension Notice.Payload: Codable {
    private enum CodingKeys: String, CodingKey {
        case status, deployment, event
    }

    /// Reads an object whose one key says what it is.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        if let status = try container.decodeIfPresent(CommitStatus.self, forKey: .status) {
            self = .status(status)
        } else if let deployment = try container.decodeIfPresent(HostDeployment.self, forKey: .deployment) {
            self = .deployment(deployment)
        } else {
            self = .event(try container.decode(EventFacts.self, forKey: .event))
        }
    }

    /// Writes an object whose one key says what it is.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .status(let status): try container.encode(status, forKey: .status)
        case .deployment(let deployment): try container.encode(deployment, forKey: .deployment)
        case .event(let facts): try container.encode(facts, forKey: .event)
        }
    }
}
