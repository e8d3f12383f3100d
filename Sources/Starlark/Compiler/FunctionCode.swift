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
    let parameterNames: UnsafePointer<Value>
    /// Parameters, `*args` and `**kwargs` included.
    let parameterCount: Int
    /// Those that can be given by position.
    let positionalCount: Int
    let keywordOnlyCount: Int
    let hasStar: Bool
    let hasDoubleStar: Bool
    /// Whether a call with exactly `parameterCount` positional arguments needs no binding.
    let isPlain: Bool
    let allowsRecursion: Bool
    /// How many cells a closure of it captures.
    let freeCount: Int
    let positions: UnsafeBufferPointer<CodePosition>
    let loops: UnsafeBufferPointer<CodeLoop>
    /// The program that holds it; a function's module keeps it alive.
    let program: Unmanaged<Program>
}
