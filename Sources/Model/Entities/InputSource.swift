/// Where one input of a deployment comes from, as `ready(inputs=…)` says.
public enum InputSource: Hashable, Sendable, Codable {
    /// `static(value)`, or a plain value.
    case value(JSONValue)
    /// `dependency(…)`: an output of a package's current deployment.
    case output(OutputReference)
}
