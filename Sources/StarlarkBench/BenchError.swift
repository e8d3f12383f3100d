/// Why nothing was measured.
enum BenchError: Error, CustomStringConvertible {
    case unreadable(String, reason: String)
    case noModule(String)

    var description: String {
        switch self {
        case .unreadable(let path, let reason): "cannot read \(path): \(reason)"
        case .noModule(let name): "there is no module \(name)"
        }
    }
}
