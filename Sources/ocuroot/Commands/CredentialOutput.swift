import Model

/// How credentials are shown.
enum CredentialOutput {
    /// Prints a table, one line each.
    static func print(_ credentials: [StoredCredential]) {
        var table = TextTable(["ID", "PREFIX", "KIND", "WHO", "USED", "STATE"])
        for credential in credentials {
            table.append([
                .init("\(credential.id)"), .init(credential.prefix), .init(credential.kind.rawValue),
                .init(who(credential)), .init(credential.usedAt.map(JSONText.time) ?? "never"), state(credential),
            ])
        }
        Terminal.standardOutput.show(table)
    }

    /// What tells it from others of its kind.
    private static func who(_ credential: StoredCredential) -> String {
        let facts = credential.facts
        let names = ["user", "app", "fingerprint", "subject", "proxy", "hosts"].compactMap { facts[$0] }
        return names.isEmpty ? "-" : names.joined(separator: " ")
    }

    private static func state(_ credential: StoredCredential) -> TextTable.Cell {
        if let error = credential.error { return .init("refused: \(ReasonLine.text(of: error))", .red) }
        return credential.usedAt == nil ? .init("not used yet", .dim) : .init("works", .green)
    }
}
