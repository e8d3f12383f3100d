import Foundation

/// What the process was started with; environment variables are read here and nowhere else.
struct Surroundings: Sendable {
    /// The environment variables.
    let variables: [String: String]
    /// The user's id.
    let userID: UInt32

    /// Those of this process.
    static let current = Surroundings(
        variables: ProcessInfo.processInfo.environment, userID: getuid())

    /// A variable; nil when it is unset or empty.
    subscript(name: String) -> String? {
        variables[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// What the user is called on this machine.
    var userName: String { self["USER"] ?? self["LOGNAME"] ?? NSUserName() }

    /// The user's home directory; the table of users is only read when no variable says it.
    private var home: String { self["HOME"] ?? NSHomeDirectory() }

    /// Where `ocuroot up` keeps its state unless told otherwise.
    var defaultDataDirectory: String {
        if userID == 0 { return "/var/lib/ocuroot" }
        return (self["XDG_DATA_HOME"] ?? home + "/.local/share") + "/ocuroot"
    }

    /// Where what is worth keeping between sessions of this user is kept, as the XDG base directories say.
    var stateDirectory: String { (self["XDG_STATE_HOME"] ?? home + "/.local/state") + "/ocuroot" }

    /// Where running servers of this user are written down, gone after a boot.
    var registryDirectory: String {
        if userID == 0 { return "/run/ocuroot" }
        return self["XDG_RUNTIME_DIR"].map { $0 + "/ocuroot" } ?? "/tmp/ocuroot-\(userID)"
    }

    /// What runners inherit: everything but our own settings and credentials.
    func forRunners(without prefixes: [String]) -> [String: String] {
        variables.filter { name, _ in !prefixes.contains { name.hasPrefix($0) } }
    }
}
