import Glibc

/// What a target refuses to accept.
enum Finding {
    /// Says what is wrong and traps, so that libFuzzer keeps the input.
    static func unless(_ holds: Bool, _ message: @autoclosure () -> String) {
        if holds { return }
        let line = Array("finding: \(message())\n".utf8)
        write(STDERR_FILENO, line, line.count)
        abort()
    }
}
