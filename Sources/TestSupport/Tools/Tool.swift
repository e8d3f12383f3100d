import Foundation

/// Runs programs of the machine, such as openssl, that ours is held against.
public enum Tool {
    /// A program exited with another status than 0.
    public struct Failure: Error, CustomStringConvertible {
        /// The program's file.
        public let path: String
        /// What it was given.
        public let arguments: [String]

        /// The whole command.
        public var description: String { "\(path) \(arguments.joined(separator: " ")) failed" }
    }

    /// What a program writes to standard output; what it writes to standard error is dropped.
    ///
    /// - Parameter input: the file that is its standard input.
    /// - Throws: ``Failure``.
    @discardableResult
    public static func run(_ path: String, _ arguments: [String], input: String = "/dev/null") throws -> [UInt8] {
        let (process, output) = (Process(), Pipe())
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.standardInput = FileHandle(forReadingAtPath: input)
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let bytes = Array(output.fileHandleForReading.readDataToEndOfFile())
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(path: path, arguments: arguments) }
        return bytes
    }
}
