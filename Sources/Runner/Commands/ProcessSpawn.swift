import CSpawn
import Foundation

/// Starts a process through posix_spawn: no descriptor but the three given is inherited, signals are as by default.
struct ProcessSpawn {
    /// The program and its arguments; the program is looked for in PATH when it has no slash.
    var arguments: [String]
    /// All environment variables of the process.
    var environment: [String: String]
    /// The working directory; nil for the caller's.
    var directory: String?
    /// The process group to join; 0 makes a new one.
    var group: pid_t
    /// Standard input; nil for nothing to read.
    var input: Int32?
    /// Standard output; nil for nowhere.
    var output: Int32?
    /// Standard error; nil for nowhere.
    var error: Int32?

    /// Why a process could not be started, by errno.
    struct Failure: Error {
        let reason: Int32

        /// The system's sentence.
        var sentence: String { String(cString: strerror(reason)) }
    }

    /// Starts the process.
    ///
    /// - Returns: its id; it must be waited for.
    func start() throws(Failure) -> pid_t {
        let variables = environment.map { "\($0.key)=\($0.value)" }
        var pid: pid_t = 0
        let reason = Self.withPointers(arguments) { arguments in
            Self.withPointers(variables) { variables in
                Self.withPointers(directory.map { [$0] } ?? []) { directories in
                    var request = cspawn_request()
                    request.arguments = arguments
                    request.environment = variables
                    request.directory = directories.pointee.map { UnsafePointer($0) }
                    request.group = group
                    request.input = input ?? -1
                    request.output = output ?? -1
                    request.error = error ?? -1
                    return cspawn_start(&request, &pid)
                }
            }
        }
        guard reason == 0 else { throw Failure(reason: reason) }
        return pid
    }

    /// Lends C copies of texts as an array that ends with NULL.
    private static func withPointers<Result>(
        _ texts: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        let pointers = texts.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        return pointers.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { preconditionFailure("the array ends with NULL, so has memory") }
            return body(base)
        }
    }
}
