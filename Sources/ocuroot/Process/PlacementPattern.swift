import ArgumentParser
import Foundation

/// Names a package, and perhaps its repo and an environment: `[REPO//]PACKAGE[@ENVIRONMENT]`.
struct PlacementPattern: Sendable, Equatable {
    /// The repo's name.
    let repo: String?
    /// The package's name; nil when only an environment is named.
    let package: String?
    /// The environment's name.
    let environment: String?

    /// Reads the form above; nil for a text that names nothing.
    init?(_ text: String) {
        var rest = text[...]
        if let slashes = rest.range(of: "//", options: .backwards) {
            repo = String(rest[..<slashes.lowerBound])
            rest = rest[slashes.upperBound...]
        } else {
            repo = nil
        }
        if let at = rest.lastIndex(of: "@") {
            environment = String(rest[rest.index(after: at)...])
            rest = rest[..<at]
        } else {
            environment = nil
        }
        package = rest.isEmpty ? nil : String(rest)
        guard package != nil || environment != nil, environment != "", repo != "" else { return nil }
    }
}

extension PlacementPattern: ExpressibleByArgument {
    init?(argument: String) {
        self.init(argument)
    }
}
