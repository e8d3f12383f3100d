/// One call of a Starlark function.
struct Frame {
    let function: UnsafeMutablePointer<FunctionObject>
    let code: UnsafePointer<FunctionCode>
    /// The next instruction; up to date only while the call waits for one it made.
    var next: UnsafePointer<Instruction>
    let registers: UnsafeMutablePointer<Value>
    let constants: UnsafePointer<Value>
    let globals: UnsafeMutablePointer<Value>
    /// The register of the caller that takes the result.
    let destination: UInt16
    /// How many segments of registers are given back when it returns.
    let segments: UInt16
}
