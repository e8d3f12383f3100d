extension Library {
    /// The functions every file has.
    static var universalFunctions: [Builtin] { CoreFunctions.all }

    /// The methods of a builtin type.
    static func methods(of kind: Kind) -> [Builtin] {
        switch kind {
        default: []
        }
    }
}
