import Git
import Model
import Store

/// A package file's evaluation as the Store keeps it; Config has a type of the same name.
typealias PackageFileOutcome = EvaluatedPackageFile

/// Which packages a Change affects, and why: the pure heart of the Deliver controller.
///
/// Every package that owes nothing is equal, in all that it watches, to its last recorded Build at the tree that was
/// delivered last; so one comparison with that tree serves them all. A package that owes a Build (its last one failed,
/// was skipped, or is under way) is compared with its own base.
struct DeliverPlan {
    /// The paths that differ from the tree that was delivered last.
    let paths: [String]
    /// The package files that watch any of these paths, as they were delivered last.
    let known: [PackageFileRecord]
    /// The package files with a package that owes a Build.
    let owing: [PackageFileRecord]
    /// The package files that were evaluated again at the new tree.
    let evaluated: [PackageFileOutcome]
    /// The directories whose package files are gone.
    let removed: [String]
    /// For each of ``ownBases``, the paths that differ from it; to be filled before ``affected()``.
    var ownPaths: [TreeID: [String]] = [:]

    /// Makes a plan.
    init(
        paths: [String], known: [PackageFileRecord], owing: [PackageFileRecord], evaluated: [PackageFileOutcome],
        removed: [String]
    ) {
        self.paths = paths
        self.known = known
        self.owing = owing
        self.evaluated = evaluated
        self.removed = removed
    }

    /// Which package files must be evaluated again, and which are gone.
    ///
    /// One that is in error is evaluated at every push: what it lacks may stand in any file, even in another's package
    /// of the same name.
    static func inspect(
        _ changes: [PathChange], known: [PackageFileRecord], owing: [PackageFileRecord] = []
    ) -> (evaluated: [String], removed: [String]) {
        var evaluated: Set<String> = []
        var removed: Set<String> = []
        for change in changes {
            guard let directory = ConfigFile.packageDirectory(ofFile: change.path) else { continue }
            if change.kind == .deleted { removed.insert(directory) } else { evaluated.insert(directory) }
        }
        let paths = Set(changes.map(\.path))
        for record in known where !removed.contains(record.directory) {
            if record.loads.contains(where: { paths.contains($0.path) }) { evaluated.insert(record.directory) }
        }
        for record in owing where record.error != nil && !removed.contains(record.directory) {
            evaluated.insert(record.directory)
        }
        return (evaluated.sorted(), removed.sorted())
    }

    /// At the first Change of a repo every declared package is built.
    static func first(_ evaluated: [PackageFileOutcome]) -> [PackageName: AffectedReason] {
        var affected: [PackageName: AffectedReason] = [:]
        for declaration in evaluated.flatMap(\.declarations) { affected[declaration.name] = .neverBuilt }
        return affected
    }

    /// The trees that packages which owe a Build must be compared with.
    var ownBases: Set<TreeID> {
        Set(owingPackages.values.compactMap(\.ownBase))
    }

    /// What was built from one of ``ownBases``, for people.
    func subject(of base: TreeID) -> String {
        let names = owingPackages.values.filter { $0.ownBase == base }.map(\.name.rawValue).sorted()
        return "the last build of \(names.joined(separator: ", "))"
    }

    /// A Change that one of ``ownBases`` was built from.
    func change(of base: TreeID) -> ChangeID? {
        owingPackages.values.first { $0.ownBase == base }.flatMap { ($0.pendingBuild ?? $0.lastBuild)?.change }
    }

    /// The packages that the Change affects, each with its reason.
    func affected() -> [PackageName: AffectedReason] {
        let declared = declarations
        let records = recordsByName
        let owing = owingPackages
        var index = WatchIndex<PackageName>()
        for declaration in declared.values {
            index.insert(declaration.name, directory: declaration.path, loads: declaration.loads)
        }
        var affected = index.affected(by: paths).filter { owing[$0.key] == nil }
        for declaration in declared.values {
            guard let record = records[declaration.name] else {
                affected[declaration.name] = .neverBuilt
                continue
            }
            if let from = record.lastPath, from != declaration.path {
                affected[declaration.name] = .moved(from: from)
            }
        }
        for (name, record) in owing where declared[name] != nil {
            guard let base = record.ownBase else {
                affected[name] = .neverBuilt
                continue
            }
            let reason = index.affected(by: ownPaths[base] ?? [])[name]
            affected[name] = reason ?? affected[name]
        }
        return affected
    }

    /// The packages that owed a Build and no longer do: the tree is again the one of their last recorded Build.
    func unaffected() -> Set<PackageName> {
        let affected = affected()
        let declared = declarations
        return Set(
            owingPackages.values.filter { record in
                record.pendingBuild == nil && record.lastBuild != nil && affected[record.name] == nil
                    && declared[record.name] != nil
            }.map(\.name))
    }

    private var owingPackages: [PackageName: PackageRecord] {
        var packages: [PackageName: PackageRecord] = [:]
        for record in owing.flatMap(\.packages) where record.isOutstanding { packages[record.name] = record }
        return packages
    }

    private var recordsByName: [PackageName: PackageRecord] {
        var packages: [PackageName: PackageRecord] = [:]
        for record in (known + owing).flatMap(\.packages) { packages[record.name] = record }
        return packages
    }

    /// The packages as they stand at the new tree, of all the files that were looked at.
    private var declarations: [PackageName: PackageDeclaration] {
        let replaced = Set(evaluated.map(\.directory)).union(removed)
        var declarations: [PackageName: PackageDeclaration] = [:]
        for file in known + owing where !replaced.contains(file.directory) && file.error == nil {
            for package in file.packages {
                declarations[package.name] = PackageDeclaration(
                    name: package.name, path: package.path, functions: package.functions, tasks: [],
                    loads: file.loads)
            }
        }
        for declaration in evaluated.flatMap(\.declarations) { declarations[declaration.name] = declaration }
        return declarations
    }
}

extension PackageRecord {
    /// The tree of the newest Build that succeeded or may still succeed.
    fileprivate var ownBase: TreeID? { pendingBuild?.tree ?? lastBuild?.tree }

    /// The directory of the newest recorded Build.
    fileprivate var lastPath: String? { lastBuild?.path }
}

extension PackageFileOutcome {
    /// The packages that the file declares; none when it has an error.
    fileprivate var declarations: [PackageDeclaration] {
        guard case .declared(let declarations) = outcome else { return [] }
        return declarations
    }
}
