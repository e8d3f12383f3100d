import Starlark

/// A file that was evaluated: its frozen globals and what it declared.
///
/// Compared by identity, so that it can stand in the key of what was evaluated with it.
final class EvaluatedModule: Sendable {
    /// The frozen globals.
    let module: FrozenModule
    /// What the SDK's functions recorded at the top level.
    let recorded: Session.Recorded
    /// What it declared by `package`.
    let packages: [DeclaredPackage]

    init(module: FrozenModule, packages: [DeclaredPackage], recorded: Session.Recorded) {
        self.module = module
        self.packages = packages
        self.recorded = recorded
    }
}
