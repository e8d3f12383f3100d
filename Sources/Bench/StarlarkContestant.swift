/// One implementation: the command that runs a file.
struct StarlarkContestant {
    /// What the report calls it.
    let name: String

    /// The program and its first arguments.
    let command: [String]

    /// Whether it cannot be given `target` by the host: its package files load it.
    let loadsTarget: Bool

    /// Splits a command at its blanks.
    init(name: String, command: String, loadsTarget: Bool = false) {
        self.name = name
        self.command = command.split(separator: " ").map(String.init)
        self.loadsTarget = loadsTarget
    }
}
