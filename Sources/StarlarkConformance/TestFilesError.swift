/// A file or directory that could not be read.
struct TestFilesError: Error, CustomStringConvertible {
    let path: String
    let reason: String

    var description: String { "\(path): \(reason)" }
}
