/// One call of a Starlark function.
struct Frame {
    let function: UnsafeMutablePointer<FunctionObject>
    let code: UnsafePointer<FunctionCode>
    /// The next instruction; up to date only while the call is not the one being executed, or is inside a builtin.
    var next: UnsafePointer<Instruction>
    let registers: UnsafeMutablePointer<Value>
    /// The register of the caller that takes the result.
    let destination: UInt16
    /// Whether its registers are the first of a new segment.
    let ownsSegment: Bool
}
