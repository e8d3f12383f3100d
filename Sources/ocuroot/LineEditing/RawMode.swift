import Foundation

/// Switches a terminal to single keys without echo, and back.
struct RawMode {
    private let descriptor: Int32
    private let original: termios

    /// Notes how the terminal is set; nil when it is none.
    init?(descriptor: Int32) {
        var settings = termios()
        guard isatty(descriptor) == 1, tcgetattr(descriptor, &settings) == 0 else { return nil }
        self.descriptor = descriptor
        original = settings
    }

    /// Single keys, no echo, no signals; output is left as it is.
    func enter() {
        var raw = original
        raw.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG | IEXTEN)
        raw.c_iflag &= ~tcflag_t(IXON | ICRNL | INLCR | BRKINT | ISTRIP)
        tcsetattr(descriptor, TCSADRAIN, &raw)
    }

    /// As it was.
    func leave() {
        var settings = original
        tcsetattr(descriptor, TCSADRAIN, &settings)
    }
}
