import Foundation
import Synchronization

/// A program on a terminal of its own, typed at by a test.
final class PseudoTerminal: Sendable {
    /// Why a test cannot go on.
    struct Failure: Error {
        /// What was waited for, and what the screen shows.
        let text: String
    }

    /// Linux's TIOCSPTLCK and TIOCGPTN, which Glibc's module leaves out.
    private static let setLock: UInt = 0x4004_5431
    private static let getNumber: UInt = 0x8004_5430

    private let master: Int32
    private let process: Mutex<Process>
    private let shown = Mutex<[UInt8]>([])
    private let ended: AsyncStream<Void>
    let pid: Int32

    /// Starts a program on a terminal of 80 columns.
    init(
        _ executable: String, _ arguments: [String], environment: [String: String], workingDirectory: String
    ) throws {
        let master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        var isLocked: Int32 = 0
        var number: Int32 = 0
        guard master >= 0, ioctl(master, Self.setLock, &isLocked) == 0, ioctl(master, Self.getNumber, &number) == 0
        else { throw Failure(text: "no terminal: \(String(cString: strerror(errno)))") }
        var size = winsize(ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(master, UInt(TIOCSWINSZ), &size)
        let slave = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY | O_CLOEXEC)
        let handle = FileHandle(fileDescriptor: slave, closeOnDealloc: true)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: executable)
        process.arguments = arguments
        process.environment = ["PATH": "/usr/bin:/bin", "TERM": "xterm"].merging(environment) { $1 }
        process.currentDirectoryURL = URL(fileURLWithPath: workingDirectory)
        process.standardInput = handle
        process.standardOutput = handle
        process.standardError = handle
        let (stream, continuation) = AsyncStream<Void>.makeStream()
        process.terminationHandler = { _ in continuation.finish() }
        ended = stream
        try process.run()
        // With our own end closed, the program's end hangs the terminal up.
        try handle.close()
        _ = fcntl(master, F_SETFL, O_NONBLOCK)
        self.master = master
        pid = process.processIdentifier
        self.process = Mutex(process)
    }

    deinit {
        kill(pid, SIGKILL)
        close(master)
    }

    /// Types.
    func type(_ keys: String) {
        var bytes = Array(keys.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
            guard count > 0 else { return }
            bytes = bytes.dropFirst(count)
        }
    }

    /// Waits until the screen has been sent a text since the last such wait; at most 20 seconds.
    @discardableResult
    func expect(_ text: String) throws -> String {
        let deadline = ContinuousClock.now + .seconds(20)
        while ContinuousClock.now < deadline {
            let found: String? = shown.withLock { bytes in
                let all = String(decoding: bytes, as: UTF8.self)
                guard let range = all.range(of: text) else { return nil }
                bytes = Array(all[range.upperBound...].utf8)
                return String(all[..<range.upperBound])
            }
            if let found { return found }
            guard read(within: 200) else { break }
        }
        throw Failure(text: "waited for '\(text)', seen: \(shown.withLock { String(decoding: $0, as: UTF8.self) })")
    }

    /// Types at the prompt, and waits for what is to be seen and then for the next prompt.
    func enter(_ keys: String, expecting text: String) throws {
        type(keys)
        try expect(text)
        try expect(">>> ")
    }

    /// Waits for the end, which closes the terminal; at most 20 seconds.
    func end() async throws -> Int32 {
        let deadline = ContinuousClock.now + .seconds(20)
        while read(within: 200) {
            guard ContinuousClock.now < deadline else {
                throw Failure(text: "it does not end; seen: \(shown.withLock { String(decoding: $0, as: UTF8.self) })")
            }
        }
        for await _ in ended {}
        return process.withLock(\.terminationStatus)
    }

    /// Reads what there is; false when the terminal has gone.
    private func read(within milliseconds: Int32) -> Bool {
        var polled = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
        guard poll(&polled, 1, milliseconds) > 0 else { return true }
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = Foundation.read(master, &buffer, buffer.count)
        guard count > 0 else { return errno == EAGAIN }
        shown.withLock { $0.append(contentsOf: buffer[..<count]) }
        return true
    }
}
