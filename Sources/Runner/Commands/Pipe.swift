import Foundation

/// A pipe whose ends are closed when they are done with; no other process inherits them.
final class Pipe: @unchecked Sendable {
    // Unchecked: a pipe belongs to the one thread that runs a command, or that ends the command group.
    private(set) var readEnd: Int32
    private(set) var writeEnd: Int32

    /// Makes a pipe.
    ///
    /// - Parameter isNonblocking: whether reading answers at once when nothing is there.
    init(isNonblocking: Bool = false) throws(RunnerError) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
            throw RunnerError(
                .machine, operation: "make", subject: "a pipe", cause: String(cString: strerror(errno)))
        }
        readEnd = ends[0]
        writeEnd = ends[1]
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        if isNonblocking { _ = fcntl(readEnd, F_SETFL, O_NONBLOCK) }
    }

    deinit {
        closeRead()
        closeWrite()
    }

    /// Closes the end that is read from; once closed, writers get SIGPIPE.
    func closeRead() {
        if readEnd >= 0 { close(readEnd) }
        readEnd = -1
    }

    /// Closes the end that is written to; once closed, readers see the end.
    func closeWrite() {
        if writeEnd >= 0 { close(writeEnd) }
        writeEnd = -1
    }
}
