import Model

/// What a build, deploy or destroy function left behind when it returned.
public struct FunctionResult: Sendable, Equatable {
    /// A build's attributes, or a deployment's outputs.
    public let outputs: JSONObject
    /// What a build passed to `set_alias`; nil when it did not.
    public let alias: String?
    /// The annotations that were set or changed; unchanged ones are left out.
    public let annotations: JSONObject

    /// Makes a value from its parts.
    public init(outputs: JSONObject, alias: String? = nil, annotations: JSONObject = [:]) {
        self.outputs = outputs
        self.alias = alias
        self.annotations = annotations
    }
}
