import Model

/// What the text of a `load` statement refers to.
enum LoadReference: Hashable, Sendable {
    /// A module of the SDK, which is built in.
    case sdk(SDKVersion, module: String)
    /// A file of the repo, by its path from the root.
    case file(String)

    /// What all SDK modules begin with.
    static let sdkPrefix = "github.com/ocuroot/sdk/"

    /// Why a text refers to nothing.
    struct Refusal: Error {
        /// A sentence for people.
        let cause: String
    }

    /// Reads the text of a `load` that stands in the file at `path`.
    static func parse(_ text: String, from path: String) throws(Refusal) -> LoadReference {
        if text.hasPrefix(sdkPrefix) { return try sdkModule(text) }
        guard !text.utf8.contains(0) else { throw Refusal(cause: "a load must not contain a zero byte") }
        let resolved: String?
        if text.hasPrefix("//") {
            resolved = RepoPath.resolve(text.dropFirst(2), from: "")
        } else if text.hasPrefix("./") || text.hasPrefix("../") {
            resolved = RepoPath.resolve(text, from: RepoPath.directory(of: path))
        } else {
            throw Refusal(cause: "cannot load '\(text)': \(forms)")
        }
        guard let resolved else {
            throw Refusal(cause: "cannot load '\(text)': the path leaves the repo")
        }
        guard !resolved.isEmpty, !text.hasSuffix("/") else {
            throw Refusal(cause: "cannot load '\(text)': it names a directory, not a file")
        }
        return .file(resolved)
    }

    private static let forms =
        "a file of this repo is written '//path/from/root.star' or './relative.star', a module of the SDK "
        + "'\(sdkPrefix)v0/package.star'"

    private static func sdkModule(_ text: String) throws(Refusal) -> LoadReference {
        let parts = text.dropFirst(sdkPrefix.count).split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let version = SDKVersion(rawValue: String(parts[0])) else {
            let versions = SDKVersion.allCases.map(\.rawValue)
            throw Refusal(
                cause: "cannot load '\(text)': the SDK's versions are \(Suggestion.list(versions)), "
                    + "as in '\(sdkPrefix)v0/package.star'")
        }
        return .sdk(version, module: String(parts[1]))
    }
}
