/// One call of a host function: its arguments and what it may use.
///
/// Not to be kept after the function returned.
public struct HostCall {
    /// The function's name.
    public let function: String

    /// The evaluation that called; `evaluation.call` calls back into it.
    public let evaluation: Evaluation

    let arguments: [String: ValueReference]

    /// The positional arguments of a variadic function.
    public let positional: [ValueReference]

    /// The named arguments of a variadic function, in order.
    public let named: [(String, ValueReference)]

    /// What the host put into the settings.
    public var context: (any Sendable)? { evaluation.settings.context }

    /// The calls being executed, outermost first.
    public var callStack: [StackFrame] { evaluation.machine.callStack() }

    /// The place of the call.
    public var location: SourceLocation? { callStack.last?.location }

    /// Charges work that the host does in this call, so that it counts against the limits of the evaluation.
    ///
    /// - Parameter steps: as many as the work takes times that of a simple operation, some nanoseconds.
    /// - Throws: `.stepLimit`, `.deadline` or `.cancelled`.
    public func spend(steps: Int) throws(StarlarkError) { try evaluation.machine.spend(steps) }

    /// The argument of a parameter; nil when none was given.
    public subscript(name: String) -> ValueReference? { arguments[name] }
}
