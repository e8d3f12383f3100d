extension Library {
    /// The functions every file has.
    static var universalFunctions: [Builtin] {
        NumberFunctions.all + TextFunctions.all + ContainerFunctions.all + IterationFunctions.all + OrderFunctions.all
            + ObjectFunctions.all
    }

    /// The methods of a builtin type.
    static func methods(of kind: Kind) -> [Builtin] {
        switch kind {
        case .string:
            StringMethods.search + StringMethods.cases + StringMethods.splitting + StringMethods.editing
                + StringMethods.views
        case .bytes: BytesMethods.all
        case .list: ListMethods.all
        case .dict: DictMethods.all
        case .set: SetMethods.all
        default: []
        }
    }
}
