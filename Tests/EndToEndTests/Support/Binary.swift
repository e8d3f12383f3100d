import Foundation

/// The built `ocuroot` that the tests drive from outside.
enum Binary {
    /// Its path: what OCUROOT_BINARY names, else the one that was built beside the tests.
    static var path: String {
        if let path = ProcessInfo.processInfo.environment["OCUROOT_BINARY"] { return path }
        let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return URL(fileURLWithPath: tests).deletingLastPathComponent().appendingPathComponent("ocuroot").path
    }
}
