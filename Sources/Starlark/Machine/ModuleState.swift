/// The variables of a module that is being run or has been.
struct ModuleState {
    /// The globals, then the predeclared and universal values the program uses.
    let globals: UnsafeMutablePointer<Value>
    let program: Unmanaged<Program>
}
