import Foundation

/// What another program computes, to compare with.
enum Reference {
    /// `sha256sum` of the bytes.
    static func sha256(_ bytes: [UInt8]) -> String {
        let file = FileManager.default.temporaryDirectory.appending(path: "sum-\(UUID())")
        defer { try? FileManager.default.removeItem(at: file) }
        let (process, output) = (Process(), Pipe())
        process.executableURL = URL(filePath: "/usr/bin/sha256sum")
        process.arguments = [file.path]
        process.standardOutput = output
        guard (try? Data(bytes).write(to: file)) != nil, (try? process.run()) != nil else { return "no sha256sum" }
        let text = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: text.prefix(64), as: UTF8.self)
    }
}
