extension SteeringOrder {
    /// The order as a commit says it.
    public var trailer: Trailer {
        let reason = reason.isEmpty ? "" : " \(reason)"
        return switch action {
        case .pin(let build): Trailer(token: SteeringToken.pin.rawValue, value: "\(subject)=\(build)\(reason)")
        case .unpin: Trailer(token: SteeringToken.unpin.rawValue, value: "\(subject)\(reason)")
        case .hold: Trailer(token: SteeringToken.hold.rawValue, value: "\(subject)\(reason)")
        case .resume: Trailer(token: SteeringToken.resume.rawValue, value: "\(subject)\(reason)")
        case .retry: Trailer(token: SteeringToken.retry.rawValue, value: "\(subject)\(reason)")
        case .annotate(let build, let key, let value):
            Trailer(token: SteeringToken.annotate.rawValue, value: "\(subject)@\(build) \(key)=\(value)")
        case .skip: Trailer(token: SteeringToken.skip.rawValue, value: self.reason)
        }
    }
}
