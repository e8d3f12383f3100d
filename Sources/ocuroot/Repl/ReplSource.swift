import Foundation

/// Where the lines of a console come from: a person at a terminal, or a file or pipe.
struct ReplSource {
    private var reader: LineReader?
    private let input: Int32
    private var waiting: [UInt8] = []
    private var hasEnded = false

    /// The longest line of a file or pipe that is read: 1 MiB.
    static let lineBytesMax = 1 << 20

    /// Whether a person types.
    var isInteractive: Bool { reader != nil }

    init(input: Int32, terminal: Terminal, history: LineHistory) {
        self.input = input
        reader = terminal.isInteractive ? LineReader(input: input, terminal: terminal, history: history) : nil
    }

    /// The next line.
    ///
    /// - Throws: a ``CommandError`` when a line is too long.
    mutating func next(prompt: String, complete: (String) -> Completion) throws -> LineReader.Input {
        if var reader {
            defer { self.reader = reader }
            return reader.read(prompt: prompt, complete: complete)
        }
        while true {
            if let end = waiting.firstIndex(of: UInt8(ascii: "\n")) {
                let line = String(decoding: waiting[..<end], as: UTF8.self)
                waiting.removeFirst(end + 1)
                return .line(line)
            }
            if hasEnded {
                defer { waiting = [] }
                return waiting.isEmpty ? .ended : .line(String(decoding: waiting, as: UTF8.self))
            }
            guard waiting.count <= Self.lineBytesMax else {
                throw CommandError(
                    "a line of the input has more than \(Self.lineBytesMax) bytes",
                    hint: "run a file with 'ocuroot starlark FILE'")
            }
            fill()
        }
    }

    private mutating func fill() {
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        let count = Foundation.read(input, &buffer, buffer.count)
        if count > 0 {
            waiting.append(contentsOf: buffer[..<count])
        } else if count == 0 || (errno != EINTR && errno != EAGAIN) {
            hasEnded = true
        }
    }

    /// Keeps what was typed.
    func saveHistory() throws { try reader?.history.save() }
}
