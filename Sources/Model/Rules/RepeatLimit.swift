/// How often one Build may be deployed and destroyed in one environment, so that config which reacts to its own deploys
/// cannot start Runs without end.
public enum RepeatLimit {
    /// Attempts that succeeded: 30.
    public static let countMax = 30
    /// Within so many seconds: 10 minutes.
    public static let windowSeconds: Double = 600
}
