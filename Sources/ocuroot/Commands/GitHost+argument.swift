import ArgumentParser
import Model

extension GitHost: ExpressibleByArgument {
    /// All names, for people.
    static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
