import Glibc
import Starlark
import Synchronization

/// Shares one frozen module between 8 threads that call it, run its program anew and are cancelled, for as many seconds
/// as the argument says: built with the thread sanitizer, which reports what is not synchronised.
///
/// With the argument `race` it writes one number from two threads instead: a build that does not report this sees nothing.
@main
enum Threads {
    private static let count = 8

    static func main() throws {
        if CommandLine.arguments.dropFirst().first == "race" { return try InjectedRace.run() }
        let seconds = CommandLine.arguments.dropFirst().first.flatMap(Double.init) ?? 60
        let shared = try SharedWork(seconds: seconds)
        var threads: [pthread_t] = []
        for number in 0..<count {
            threads.append(ThreadStart(work: shared, number: number).start())
        }
        shared.cancelUntilEnd()
        for thread in threads { pthread_join(thread, nil) }
        print("threads: \(shared.calls) calls by \(count) threads, \(shared.cancellations) of them cancelled")
        if shared.calls == 0 || shared.cancellations == 0 { fail("nothing was tested") }
    }

    nonisolated static func fail(_ message: String) -> Never {
        let line = Array("threads: \(message)\n".utf8)
        write(STDERR_FILENO, line, line.count)
        exit(1)
    }
}

/// What a new thread is given.
final class ThreadStart: Sendable {
    let work: SharedWork
    let number: Int

    init(work: SharedWork, number: Int) {
        self.work = work
        self.number = number
    }

    func start() -> pthread_t {
        var thread = pthread_t()
        let status = pthread_create(&thread, nil, { ThreadStart.run($0) }, Unmanaged.passRetained(self).toOpaque())
        guard status == 0 else { Threads.fail("pthread_create: \(status)") }
        return thread
    }

    private static func run(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        guard let argument else { return nil }
        let start = Unmanaged<ThreadStart>.fromOpaque(argument).takeRetainedValue()
        start.work.callUntilEnd(thread: start.number)
        return nil
    }
}
