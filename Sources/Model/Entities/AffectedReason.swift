/// Why a package is built at a Change.
public enum AffectedReason: Hashable, Sendable, Codable {
    /// It has no recorded Build yet.
    case neverBuilt
    /// A path in its directory, or deeper, differs from its last recorded Build.
    case directory(path: String)
    /// A file that its package file loads differs; `chain` leads from the package file to the loading file.
    case load(path: String, chain: [String])
    /// The package moved here from another directory.
    case moved(from: String)
    /// A person asked for it.
    case requested(by: String)
}

extension AffectedReason: CustomStringConvertible {
    /// A sentence's end for people: "services/api/main.go changed".
    public var description: String {
        switch self {
        case .neverBuilt: "no build recorded yet"
        case .directory(let path): "\(path) changed"
        case .load(let path, let chain): "\(path) changed, loaded by \(chain.reversed().joined(separator: " from "))"
        case .moved(let from): "moved from \(from.isEmpty ? "the root" : from)"
        case .requested(let by): "asked for by \(by)"
        }
    }
}
