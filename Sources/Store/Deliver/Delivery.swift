import Model

/// Everything that Deliver worked out of one Change.
public struct Delivery: Sendable {
    /// The Change.
    public var change: ChangeID
    /// The tree that was looked at: the commit's, or with the patch applied.
    public var tree: TreeID
    /// What repo.ocu.star says.
    public var declaration: RepoDeclaration
    /// The package files that were evaluated; all others are as they were.
    public var evaluated: [EvaluatedPackageFile]
    /// The directories whose package file is gone.
    public var removedDirectories: [String]
    /// The packages to build, each with the reason.
    public var affected: [PackageName: AffectedReason]
    /// The packages that were owed a build and turned out to equal their last one, so that nothing is owed any more.
    public var unaffected: Set<PackageName>

    /// Makes a value from its parts.
    public init(
        change: ChangeID, tree: TreeID, declaration: RepoDeclaration, evaluated: [EvaluatedPackageFile],
        removedDirectories: [String], affected: [PackageName: AffectedReason], unaffected: Set<PackageName> = []
    ) {
        self.change = change
        self.tree = tree
        self.declaration = declaration
        self.evaluated = evaluated
        self.removedDirectories = removedDirectories
        self.affected = affected
        self.unaffected = unaffected
    }
}
