/// The types that annotations may name.
public enum AnnotationType {
    /// The names, with what `type(x)` returns for their values.
    ///
    /// An empty text admits values of every type.
    public static let names: [String: String] = [
        "None": "NoneType", "bool": "bool", "int": "int", "float": "float", "str": "string", "string": "string",
        "bytes": "bytes", "list": "list", "tuple": "tuple", "dict": "dict", "set": "set", "range": "range",
        "callable": "function", "struct": "struct", "Any": "",
    ]

    /// Whether a type takes that many types of parts in brackets.
    public static func takes(_ count: Int, _ name: String) -> Bool {
        switch name {
        case "list", "set": count == 1
        case "dict": count == 2
        case "tuple": true
        default: false
        }
    }
}
