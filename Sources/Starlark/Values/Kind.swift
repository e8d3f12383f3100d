/// What a value is.
///
/// The first cases are what programs can see; `cell` and later live on the heap but are never handed out.
enum Kind: UInt8, CaseIterable {
    case none
    case bool
    case integer
    case float
    case string
    case bytes
    case tuple
    case list
    case dict
    case set
    case range
    case function
    case builtin
    case boundMethod
    /// `struct(…)`: fields by name, immutable, compared by content.
    case structure
    /// Attributes given by the host, some of them settable; compared by identity.
    case record
    /// A read-only view of a string or bytes: `elems()`, `codepoints()`.
    case view
    /// A value of a type written in Swift: see `NativeType`.
    case native
    /// A variable shared by closures.
    case cell
    /// The names of a call's keyword arguments.
    case names
}
