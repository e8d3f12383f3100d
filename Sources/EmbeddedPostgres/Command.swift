import Subprocess

/// Runs a program to its end as the cluster's owner, and gives what it printed.
struct Command {
    static let outputBytesMax = 256 * 1024

    /// What came of it.
    struct Outcome {
        var isSuccess: Bool
        /// Standard output and standard error in one.
        var output: String

        /// The last lines, for an error.
        var tail: String {
            output.split(whereSeparator: \.isNewline).suffix(3).joined(separator: "; ")
        }
    }

    let program: String
    let arguments: [String]

    init(_ program: String, _ arguments: String...) {
        self.init(program, arguments)
    }

    init(_ program: String, _ arguments: [String]) {
        self.program = program
        self.arguments = arguments
    }

    /// - Parameters:
    ///   - owner: the user to run as; `nil` means as we are.
    ///   - directory: where to run it.
    ///   - inNewSession: whether the terminal's signals shall not reach it.
    func run(
        as owner: ClusterOwner?,
        in directory: String = "/",
        inNewSession: Bool = false
    ) async throws(EmbeddedPostgresError) -> Outcome {
        var options = PlatformOptions()
        options.createSession = inNewSession
        let words = (owner?.prefix ?? []) + [program] + arguments
        do {
            let result = try await Subprocess.run(
                .path(.init(words[0])),
                arguments: .init(Array(words.dropFirst())),
                environment: .custom(["PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"]),
                workingDirectory: .init(directory),
                platformOptions: options,
                output: .string(limit: Self.outputBytesMax),
                error: .combinedWithOutput
            )
            return Outcome(isSuccess: result.terminationStatus.isSuccess, output: result.standardOutput)
        } catch {
            throw EmbeddedPostgresError(.start, "run", program, "it did not run to its end", cause: error)
        }
    }
}
