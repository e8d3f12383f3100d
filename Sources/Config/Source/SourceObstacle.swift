/// What stands in the way of reading a regular file.
public enum SourceObstacle: Sendable, Equatable {
    /// A symbolic link at a path, which is the file's or one of its directories', and what it names.
    case link(at: String, target: String)
    /// Something else at such a path, by its kind: a directory, a submodule, a file where a directory should be.
    case other(at: String, kind: String)
}

extension SourceObstacle {
    /// What an error says, the path being the one that was to be read.
    func sentence(reading path: String) -> String {
        switch self {
        case .link(path, let target):
            "\(path) is a symbolic link to '\(target)', and symbolic links are not followed: put a regular file there"
        case .link(let place, let target):
            """
            \(path) cannot be read: \(place) is a symbolic link to '\(target)', and symbolic links are not followed
            """
        case .other(path, let kind): "\(path) is a \(kind), not a regular file"
        case .other(let place, let kind): "there is no file \(path): \(place) is a \(kind)"
        }
    }
}
