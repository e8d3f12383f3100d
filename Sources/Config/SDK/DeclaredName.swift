/// Checks the names that people give to repos, environments, packages, tasks and builds.
enum DeclaredName {
    /// The longest name.
    static let bytesMax = 200

    /// Throws unless a name has 1 to ``bytesMax`` bytes, no control character, and no space at its ends.
    static func check(_ name: String, of what: String) throws(SDKFailure) {
        guard !name.isEmpty else { throw SDKFailure("the name of \(what) must not be empty") }
        guard name.utf8.count <= bytesMax else {
            throw SDKFailure("the name of \(what) has \(name.utf8.count) bytes, more than the \(bytesMax) allowed")
        }
        guard name.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            throw SDKFailure("the name of \(what) must not contain control characters")
        }
        guard name.utf8.first != 0x20, name.utf8.last != 0x20 else {
            throw SDKFailure("the name of \(what) must not begin or end with a space")
        }
    }
}
