/// All that a function may do to the machine it runs on, and to the world.
///
/// The Runner implements it; nothing else in Config touches the host. Calls come from the one thread that executes
/// the function, and may block it. What they throw becomes an error of the Starlark call, with its description as
/// the message.
public protocol HostEffects: Sendable {
    /// The operating system by Go's name, such as `linux`.
    var operatingSystem: String { get }
    /// The processor architecture by Go's name, such as `amd64`.
    var architecture: String { get }

    /// Runs a command to its end.
    ///
    /// An exit code other than 0 is thrown, unless the command says that it goes on after an error.
    func shell(_ command: ShellCommand) throws -> ShellOutcome

    /// The value of an environment variable of the runner; nil when it is not set.
    func environmentVariable(_ name: String) -> String?

    /// Makes an HTTP request.
    func request(_ request: WebRequest) throws -> WebResponse

    /// Reads a file of the checkout; the path is relative to the package's directory, or to the root after `//`.
    func readSource(_ path: String) throws -> [UInt8]

    /// Writes a file of the checkout, making its directories; the path is as for ``readSource(_:)``.
    func writeSource(_ path: String, _ content: [UInt8]) throws

    /// Waits.
    func sleep(_ duration: Duration) throws

    /// Takes what the function printed, one call a `print`, without the newline.
    func print(_ text: String)
}
