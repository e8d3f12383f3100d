import Model

/// Checks the names that people give to repos, environments, packages, tasks and builds.
enum DeclaredName {
    /// The longest name of a task or a build.
    private static let bytesMax = NameRule.bytesMax

    /// Throws unless commands can address what has this name.
    static func check(_ name: String, of what: String, by rule: NameRule) throws(SDKFailure) {
        guard let problem = rule.problem(with: name) else { return }
        throw SDKFailure("'\(shown(name))' cannot be the name of \(what): \(problem); \(rule.sentence)")
    }

    /// Throws unless a name has 1 to 200 bytes, no control character, and no space at its ends.
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

    /// The beginning of a name, in which what cannot be seen is written as its number.
    private static func shown(_ name: String) -> String {
        name.unicodeScalars.prefix(60).map { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator:
                "\\u{\(String(scalar.value, radix: 16))}"
            default: String(scalar)
            }
        }.joined()
    }
}
