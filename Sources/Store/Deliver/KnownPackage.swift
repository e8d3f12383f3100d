import Model

/// A package's row as a delivery finds it.
struct KnownPackage: Sendable {
    var id: PackageID
    var name: PackageName
    var path: String
    var functions: Set<PackageFunction>
    var tasks: [String]
    var error: String?
    var isProvisional: Bool
    var isRemoved: Bool

    /// Whether the row says exactly this already.
    func matches(_ declaration: PackageDeclaration) -> Bool {
        !isRemoved && !isProvisional && error == nil && path == declaration.path && functions == declaration.functions
            && tasks == declaration.tasks
    }
}
