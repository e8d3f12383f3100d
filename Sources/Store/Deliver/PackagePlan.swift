import Model

/// What a delivery does to the packages of a repo: worked out from the rows and what was evaluated, nothing written.
struct PackagePlan: Sendable {
    /// The declarations that hold, by name; where two files declare one name, the earlier file's.
    private(set) var declared: [PackageName: PackageDeclaration] = [:]
    /// The directories whose package file is in error, and why.
    private(set) var failures: [String: String] = [:]
    /// The packages that are gone.
    private(set) var removed: [KnownPackage] = []
    /// The declarations whose row must be written.
    private(set) var changed: [PackageDeclaration] = []
    /// The names among `changed` that are new, or were removed before.
    private(set) var added: Set<PackageName> = []

    /// Plans.
    ///
    /// - Parameter known: the rows of every name that is declared, and of every package in a directory that was
    ///   evaluated or whose file is gone; removed ones too.
    init(known: [KnownPackage], evaluated: [EvaluatedPackageFile], removedDirectories: [String]) {
        let touched = Set(evaluated.map(\.directory)).union(removedDirectories)
        var owners: [PackageName: String] = [:]
        for package in known where !package.isRemoved && !package.isProvisional && !touched.contains(package.path) {
            owners[package.name] = package.path
        }
        for file in evaluated.sorted(by: { Self.isEarlier($0.directory, $1.directory) }) {
            switch file.outcome {
            case .failed(let error): failures[file.directory] = error
            case .declared(let packages): claim(packages, for: file.directory, &owners)
            }
        }
        let known = Dictionary(known.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        compare(known, touched: touched)
    }

    /// Gives the names to the file, unless an earlier file has one of them: then the file is in error.
    private mutating func claim(
        _ packages: [PackageDeclaration], for directory: String, _ owners: inout [PackageName: String]
    ) {
        var names: Set<PackageName> = []
        for package in packages {
            if !names.insert(package.name).inserted {
                failures[directory] =
                    "\(ConfigFile.packageFile(in: directory)): package '\(package.name)' is declared twice"
                return
            }
            if let owner = owners[package.name], Self.isEarlier(owner, directory) {
                failures[directory] =
                    "\(ConfigFile.packageFile(in: directory)): package '\(package.name)' is declared already by \(ConfigFile.packageFile(in: owner))"
                return
            }
        }
        for package in packages {
            if let owner = owners[package.name] {
                failures[owner] =
                    "\(ConfigFile.packageFile(in: owner)): package '\(package.name)' is declared already by \(ConfigFile.packageFile(in: directory))"
            }
            owners[package.name] = directory
            declared[package.name] = package
        }
    }

    private mutating func compare(_ known: [PackageName: KnownPackage], touched: Set<String>) {
        for (name, declaration) in declared.sorted(by: { $0.key < $1.key }) {
            guard let package = known[name] else {
                changed.append(declaration)
                added.insert(name)
                continue
            }
            if !package.matches(declaration) { changed.append(declaration) }
            if package.isRemoved || package.isProvisional { added.insert(name) }
        }
        removed = known.values.filter { package in
            !package.isRemoved && touched.contains(package.path) && declared[package.name] == nil
                && failures[package.path] == nil
        }.sorted { $0.name < $1.name }
    }

    private static func isEarlier(_ left: String, _ right: String) -> Bool {
        left.utf8.lexicographicallyPrecedes(right.utf8)
    }
}
