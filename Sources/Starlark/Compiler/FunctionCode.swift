import StarlarkSyntax

/// The code of a function: trivial memory of its program's heap, immutable once compiled.
struct FunctionCode {
    let instructions: UnsafePointer<Instruction>
    let instructionCount: Int
    let constants: UnsafePointer<Value>
    /// Code of the functions defined in it.
    let functions: UnsafePointer<UnsafePointer<FunctionCode>>
    /// Its name, a string.
    let name: Value
    let registerCount: Int
    /// Names of the local slots; the parameters come first.
    let localNames: UnsafePointer<Value>
    let freeNames: UnsafePointer<Value>
    /// The cells a closure of it captures.
    let captures: UnsafeBufferPointer<CodeCapture>
    /// The parameters that have a default, in order.
    let defaulted: UnsafeBufferPointer<UInt32>
    /// Parameters, `*args` and `**kwargs` included.
    let parameterCount: Int
    /// Those that can be given by position.
    let positionalCount: Int
    let keywordOnlyCount: Int
    let hasStar: Bool
    let hasDoubleStar: Bool
    /// Whether every parameter can be given by position, so that a call with exactly that many positional arguments
    /// needs no binding.
    let isPlain: Bool
    let allowsRecursion: Bool
    let positions: UnsafeBufferPointer<CodePosition>
    let loops: UnsafeBufferPointer<CodeLoop>
    /// The file; the program keeps it alive.
    let source: Unmanaged<SourceFile>
}
