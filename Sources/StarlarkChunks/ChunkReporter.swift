import Starlark
import Synchronization

/// Collects the assertions that fail while a chunk runs.
final class ChunkReporter: Sendable {
    private let path: String
    private let found = Mutex<[String]>([])

    /// Collects for a file.
    init(path: String) {
        self.path = path
    }

    /// What failed until now.
    var problems: [String] { found.withLock { $0 } }

    /// Notes a failed assertion at the place of the file from which it was called.
    func report(_ message: String, _ stack: [StackFrame]) {
        let line = stack.last { $0.location.file == path }?.location.line ?? 0
        found.withLock { $0.append("\(path):\(line): \(message)") }
    }
}
