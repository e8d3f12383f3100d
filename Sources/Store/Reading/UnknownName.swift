/// A part of a filter that names what was never here.
public struct UnknownName: Hashable, Sendable {
    /// What a filter can name.
    public enum Kind: String, Hashable, Sendable {
        /// A repo; ``UnknownName/known`` are those that are watched.
        case repo
        /// A package.
        case package
        /// An environment.
        case environment
    }

    /// What was named.
    public let kind: Kind
    /// The name that nothing has.
    public let name: String
    /// The first of those that there are now, sorted; at most ``knownMax``.
    public let known: [String]

    /// No list of names is longer.
    public static let knownMax = 20
}
