import Model
import Postgres

/// A Build that a reference may mean.
struct NamedBuild: Sendable {
    var id: BuildID
    var package: PackageID
    var sequence: Int64
    var state: Build.State
    var commit: CommitID
    /// Whether it was made with an uncommitted patch.
    var isPatched: Bool
    /// Whether it is meant by its number, alias or id; else by its commit.
    var isDirect: Bool

    /// What a reference comes to.
    enum Choice: Sendable {
        /// This Build.
        case found(NamedBuild)
        /// None; the sentence says which there are.
        case none(String)
        /// More than one; the sentence says how to tell them apart.
        case several(String)
    }

    /// The Build that is meant, of all that fit; nil when they are several things.
    ///
    /// Of several Builds of one commit it is one that succeeded, without a patch, the newest of these.
    static func meant(among fitting: [NamedBuild]) -> NamedBuild? {
        guard Set(fitting.map(\.package)).count == 1 else { return nil }
        let direct = fitting.filter(\.isDirect)
        let others = fitting.filter { build in !direct.contains { $0.commit == build.commit } }
        guard direct.isEmpty ? Set(others.map(\.commit)).count == 1 : direct.count == 1 && others.isEmpty else {
            return nil
        }
        return direct.first
            ?? others.max { left, right in
                (left.rank, left.sequence) < (right.rank, right.sequence)
            }
    }

    private var rank: Int { (state == .succeeded ? 2 : 0) + (isPatched ? 0 : 1) }
}

extension StoreTransaction {
    /// The Build of a package that a reference names.
    func build(_ reference: BuildReference, of package: PackageID) async throws(StoreError) -> NamedBuild.Choice {
        try await build(reference, of: [package], byNumber: true)
    }

    /// The Build that a reference names, of one package or of one name's previews.
    ///
    /// - Parameter byNumber: whether a number may be meant, which several packages have.
    func build(
        _ reference: BuildReference, of packages: [PackageID], byNumber: Bool
    ) async throws(StoreError) -> NamedBuild.Choice {
        let sequence = byNumber ? reference.sequence : nil
        let rows = try await database.query(
            "steer",
            """
            SELECT b.id, b.package_id, b.sequence, b.state, b.commit, c.patch_hash IS NOT NULL AS is_patched,
                coalesce(
                    b.sequence = \(sequence) OR b.alias = \(reference.alias) OR b.id = \(reference.id), false
                ) AS is_direct
            FROM build b JOIN change c ON c.id = b.change_id
            WHERE b.package_id = ANY(\(packages)) AND (
                b.sequence = \(sequence) OR b.alias = \(reference.alias) OR b.id = \(reference.id)
                OR b.commit LIKE \(reference.commitPrefix) || '%'
            )
            ORDER BY is_direct DESC, b.sequence DESC LIMIT 100
            """)
        let fitting = try rows.decode { row throws(StoreError) in
            NamedBuild(
                id: try row.value("id"), package: try row.value("package_id"), sequence: try row.value("sequence"),
                state: try row.value("state"),
                commit: try row.value("commit"), isPatched: try row.value("is_patched"),
                isDirect: try row.value("is_direct"))
        }
        if let meant = NamedBuild.meant(among: fitting) { return .found(meant) }
        guard fitting.isEmpty else {
            let all = fitting.prefix(5).map { "#\($0.sequence) (\($0.id), commit \($0.commit.short))" }
            return .several(
                "'\(reference)' may be any of \(all.joined(separator: ", ")): name it by "
                    + (packages.count == 1 ? "# and its number, or by its id" : "its id")
            )
        }
        return .none(try await noBuild(reference, of: packages[0]))
    }

    private func noBuild(_ reference: BuildReference, of package: PackageID) async throws(StoreError) -> String {
        let rows = try await database.query(
            "steer",
            """
            SELECT k.name, b.sequence, b.commit FROM package k LEFT JOIN build b ON b.package_id = k.id
            WHERE k.id = \(package) ORDER BY b.sequence DESC NULLS LAST LIMIT 5
            """)
        var newest: [String] = []
        for row in rows {
            guard let sequence: Int64 = try row.value("sequence") else { continue }
            newest.append("#\(sequence) of commit \((try row.value("commit") as CommitID).short)")
        }
        let name: PackageName = try rows.first?.value("name") ?? "the package"
        return "\(name) has no build '\(reference)'"
            + (newest.isEmpty ? "; it has none yet" : "; its newest are \(newest.joined(separator: ", "))")
    }
}
