import Foundation

/// The two streams of a command: captured, and passed on to the log line by line.
struct CommandStreams {
    /// What was captured of each stream, and of both in order of arrival.
    struct Captured {
        var output = BoundedCapture(bytesMax: Command.captureBytesMax)
        var error = BoundedCapture(bytesMax: Command.captureBytesMax)
        var combined = BoundedCapture(bytesMax: Command.captureBytesMax)
    }

    /// What was captured.
    private(set) var captured = Captured()
    private let output: Pipe
    private let error: Pipe
    private let log: (any FunctionOutput)?
    private var outputLines = LineSplitter()
    private var errorLines = LineSplitter()
    private var buffer = [UInt8](repeating: 0, count: 64 << 10)

    /// Reads from two pipes; writes to no log when the command is muted.
    init(output: Pipe, error: Pipe, log: (any FunctionOutput)?) {
        self.output = output
        self.error = error
        self.log = log
    }

    /// Whether either stream may still bring something.
    var areOpen: Bool { output.readEnd >= 0 || error.readEnd >= 0 }

    /// Reads what is there, or waits for it so long; false when nothing came.
    mutating func read(timeoutMilliseconds: Int32) -> Bool {
        var polled = [
            pollfd(fd: output.readEnd, events: Int16(POLLIN), revents: 0),
            pollfd(fd: error.readEnd, events: Int16(POLLIN), revents: 0),
        ]
        guard areOpen else { return false }
        guard poll(&polled, 2, timeoutMilliseconds) > 0 else {
            // A line that waits for its end, such as a question or a progress bar, is shown as it stands.
            pass(outputLines.flush())
            pass(errorLines.flush())
            return false
        }
        var hasRead = false
        if polled[0].revents != 0 {
            hasRead = take(output) { streams, bytes in
                streams.captured.output.append(bytes)
                return streams.log == nil ? [] : streams.outputLines.append(bytes)
            }
        }
        if polled[1].revents != 0 {
            hasRead =
                take(error) { streams, bytes in
                    streams.captured.error.append(bytes)
                    return streams.log == nil ? [] : streams.errorLines.append(bytes)
                } || hasRead
        }
        return hasRead
    }

    /// Takes what the pipes still hold, and stops reading.
    mutating func finish() {
        while areOpen, read(timeoutMilliseconds: 0) {}
        pass(outputLines.flush())
        pass(errorLines.flush())
        output.closeRead()
        error.closeRead()
    }

    private mutating func take(
        _ pipe: Pipe, _ sort: (inout CommandStreams, ArraySlice<UInt8>) -> [UInt8]
    ) -> Bool {
        let count = Foundation.read(pipe.readEnd, &buffer, buffer.count)
        guard count > 0 else {
            if count == 0 || (errno != EAGAIN && errno != EINTR) { pipe.closeRead() }
            return false
        }
        let bytes = buffer[..<count]
        captured.combined.append(bytes)
        pass(sort(&self, bytes))
        return true
    }

    private func pass(_ lines: [UInt8]) {
        if let log, !lines.isEmpty { log.append(lines[...]) }
    }
}
