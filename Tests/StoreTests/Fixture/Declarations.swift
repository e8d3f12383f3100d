import Model

extension EnvironmentDeclaration {
    /// An open environment without attributes.
    static func named(_ name: EnvironmentName, isArchived: Bool = false) -> EnvironmentDeclaration {
        EnvironmentDeclaration(name: name, attributes: [:], isArchived: isArchived)
    }
}

extension PackageDeclaration {
    /// A package with these functions in a directory of its name.
    static func named(
        _ name: PackageName, path: String? = nil, functions: Set<PackageFunction> = [.build, .deploy, .destroy],
        loads: [LoadedFile] = []
    ) -> PackageDeclaration {
        PackageDeclaration(name: name, path: path ?? name.rawValue, functions: functions, tasks: [], loads: loads)
    }
}
