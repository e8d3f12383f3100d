/// A function of the host that programs call.
///
/// It runs on the thread of the evaluation and may block. What it throws ends the evaluation: a `StarlarkError` as it
/// is, anything else as code `.host` with the error as cause.
public struct HostFunction: Sendable {
    /// Its name, as messages give it.
    public let name: String

    /// Its parameters; nil when it takes any arguments.
    public let parameters: [HostParameter]?

    let body: @Sendable (HostCall) throws -> HostValue

    /// A function with named parameters: wrong calls are refused before the body runs.
    public init(
        _ name: String, parameters: [HostParameter], _ body: @escaping @Sendable (HostCall) throws -> HostValue
    ) {
        self.name = name
        self.parameters = parameters
        self.body = body
    }

    /// A function that takes any arguments: `HostCall.positional` and `HostCall.named`.
    public init(variadic name: String, _ body: @escaping @Sendable (HostCall) throws -> HostValue) {
        self.name = name
        parameters = nil
        self.body = body
    }
}
