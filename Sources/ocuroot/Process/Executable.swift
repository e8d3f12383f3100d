import Foundation

/// This program's own file.
enum Executable {
    /// Its absolute path, as Linux knows it.
    static let path: String = {
        let link = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return link ?? CommandLine.arguments[0]
    }()
}
