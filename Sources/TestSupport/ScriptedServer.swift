import Foundation

/// A server program from Tests/Servers, alive as long as this value and never longer than the test process.
///
/// The script prints one line of JSON with what a test needs to know (ports, paths), bounds its own start, and ends
/// together with all it started when its standard input is closed.
public final class ScriptedServer: Sendable {
    /// What the script announced.
    public let facts: [String: String]

    private let input: FileHandle

    /// Starts a script and waits until it is ready.
    ///
    /// - Parameters:
    ///   - script: the name of a file in Tests/Servers.
    ///   - arguments: what it is given.
    /// - Throws: ``ScriptedServerError`` with the script's own words when it does not become ready.
    public init(_ script: String, _ arguments: String...) throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Tests/Servers")
        let (input, output, errors) = (Pipe(), Pipe(), Pipe())
        let program = Process()
        program.executableURL = URL(filePath: "/usr/bin/env")
        program.arguments = ["python3", "-B", folder.appending(path: script).path] + arguments
        program.standardInput = input
        program.standardOutput = output
        program.standardError = errors
        try program.run()
        self.input = input.fileHandleForWriting
        let line = Self.firstLine(of: output.fileHandleForReading)
        guard let facts = try? JSONDecoder().decode([String: String].self, from: line) else {
            input.fileHandleForWriting.closeFile()
            program.waitUntilExit()
            let words = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            throw ScriptedServerError(script: script, words: words)
        }
        self.facts = facts
    }

    deinit { try? input.close() }

    /// A fact that must be there.
    public subscript(name: String) -> String { facts[name] ?? "the script announced no \(name)" }

    private static func firstLine(of handle: FileHandle) -> Data {
        var line = Data()
        while let byte = try? handle.read(upToCount: 1), let first = byte.first, first != UInt8(ascii: "\n") {
            line.append(first)
        }
        return line
    }
}
