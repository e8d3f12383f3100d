extension StarlarkError {
    /// What kind of failure it is.
    public enum Code: String, Sendable {
        /// The file breaks a rule that is checked before running; see `syntaxErrors`.
        case syntax
        /// The program failed: a wrong type, a missing key, `fail()`, …
        case evaluation
        /// A `load` failed: no such module or name, or a cycle.
        case load
        /// A function of the host threw; see `cause`.
        case host
        /// More steps than allowed.
        case stepLimit
        /// More bytes than allowed.
        case memoryLimit
        /// Calls or values nested deeper than allowed.
        case depthLimit
        /// The deadline passed.
        case deadline
        /// The host cancelled it.
        case cancelled
    }
}
