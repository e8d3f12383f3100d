/// The trailers that steer, by what stands before the colon; letters in upper and lower case are the same.
public enum SteeringToken: String, Sendable, Codable, CaseIterable {
    /// `PACKAGE@ENVIRONMENT=BUILD reason…`
    case pin = "Ocuroot-Pin"
    /// `PACKAGE@ENVIRONMENT reason…`
    case unpin = "Ocuroot-Unpin"
    /// `PACKAGE@ENVIRONMENT reason…`
    case hold = "Ocuroot-Hold"
    /// `PACKAGE@ENVIRONMENT reason…`
    case resume = "Ocuroot-Resume"
    /// `PACKAGE@BUILD key=value`
    case annotate = "Ocuroot-Annotate"
    /// `PACKAGE[@ENVIRONMENT] reason…`
    case retry = "Ocuroot-Retry"
    /// `reason…`
    case skip = "Ocuroot-Skip"

    /// What all of them begin with.
    static let prefix = "ocuroot-"

    /// What stands behind the colon.
    public var form: String {
        switch self {
        case .pin: "PACKAGE@ENVIRONMENT=BUILD"
        case .unpin, .hold, .resume, .retry: "PACKAGE@ENVIRONMENT"
        case .annotate: "PACKAGE@BUILD key=value"
        case .skip: "reason"
        }
    }

    /// Reads what stands before the colon; nil for a trailer that is none of ours.
    ///
    /// - Throws: a ``SteeringMistake`` for one that looks like ours and is none.
    static func reading(_ text: String) throws(SteeringMistake) -> SteeringToken? {
        let folded = text.lowercased()
        guard folded.hasPrefix(prefix) else { return nil }
        if let token = allCases.first(where: { $0.rawValue.lowercased() == folded }) { return token }
        let names = allCases.map(\.rawValue)
        let nearest = Suggestion.nearest(to: folded, among: names.map { $0.lowercased() })
        let meant = names.first { $0.lowercased() == nearest }.map { " (did you mean '\($0)'?)" } ?? ""
        throw SteeringMistake(
            "there is no trailer '\(text.prefix(100))'\(meant)", hint: "there are \(names.joined(separator: ", "))")
    }
}
