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

    /// What `type(x)` returns for all values of the kind; nil when it depends on the value.
    var typeName: String? {
        switch self {
        case .none: "NoneType"
        case .bool: "bool"
        case .integer: "int"
        case .float: "float"
        case .string: "string"
        case .bytes: "bytes"
        case .tuple: "tuple"
        case .list: "list"
        case .dict: "dict"
        case .set: "set"
        case .range: "range"
        case .function: "function"
        case .builtin, .boundMethod: "builtin_function_or_method"
        case .structure: "struct"
        case .record, .view, .native: nil
        case .cell, .names: "internal"
        }
    }
}
