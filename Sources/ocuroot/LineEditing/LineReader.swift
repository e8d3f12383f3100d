import Foundation

/// Reads lines from a person at a terminal: editing, history and completion.
///
/// Blocks its thread while it waits for keys.
struct LineReader {
    /// What was typed.
    enum Input: Equatable {
        case line(String)
        /// Ctrl-C: what was being typed is dropped.
        case interrupted
        /// Ctrl-D on an empty line, or the terminal has gone.
        case ended
    }

    /// The lines typed before.
    var history: LineHistory
    private let input: Int32
    private let terminal: Terminal
    private let mode: RawMode
    private var decoder = KeyDecoder()
    private var pending: [Key] = []

    /// Makes a reader; nil when the descriptor is no terminal.
    init?(input: Int32, terminal: Terminal, history: LineHistory) {
        guard let mode = RawMode(descriptor: input) else { return nil }
        self.input = input
        self.terminal = terminal
        self.mode = mode
        self.history = history
    }

    /// Shows the prompt and reads one line; pasted text may bring several at once, one a call.
    ///
    /// - Parameter complete: gives what may follow the text before the cursor.
    mutating func read(prompt: String, complete: (String) -> Completion) -> Input {
        mode.enter()
        terminal.write("\u{1B}[?2004h")
        defer {
            terminal.write("\u{1B}[?2004l")
            mode.leave()
        }
        var line = LineBuffer()
        var view = LineView(columns: terminal.width ?? 80)
        terminal.write(view.draw(prompt: prompt, line))
        while let key = nextKey() {
            switch key {
            case .text(let text) where text.contains("\n"):
                let (first, rest) = Self.split(text)
                line.insert(first)
                pending.insert(contentsOf: [.enter] + (rest.isEmpty ? [] : [.text(rest)]), at: 0)
            case .enter:
                terminal.write(view.draw(prompt: prompt, line) + view.leave(prompt: prompt, line))
                history.add(line.text)
                return .line(line.text)
            case .interrupt:
                terminal.write("^C" + view.leave(prompt: prompt, line))
                return .interrupted
            case .endOfInput:
                guard line.characters.isEmpty else {
                    _ = line.apply(.delete)
                    break
                }
                terminal.write(view.leave(prompt: prompt, line))
                return .ended
            case .up: if let text = history.previous(current: line.text) { line.replace(with: text) }
            case .down: if let text = history.next() { line.replace(with: text) }
            case .tab: completed(&line, &view, prompt: prompt, complete(line.head))
            case .clearScreen:
                terminal.write("\u{1B}[H\u{1B}[2J")
                view.reset()
            default: _ = line.apply(key)
            }
            terminal.write(view.draw(prompt: prompt, line))
        }
        return .ended
    }

    /// Fills in what all candidates have in common, or lists them.
    private func completed(_ line: inout LineBuffer, _ view: inout LineView, prompt: String, _ found: Completion) {
        if !found.insertion.isEmpty {
            line.insert(found.insertion)
        } else if found.candidates.count > 1 {
            let width = terminal.width ?? 80
            terminal.write(view.leave(prompt: prompt, line))
            terminal.write(found.listing(columns: width).map { $0 + "\r\n" }.joined())
        }
    }

    /// The next key; nil when the terminal has gone.
    private mutating func nextKey() -> Key? {
        var buffer = [UInt8](repeating: 0, count: 4096)
        while pending.isEmpty {
            let count = Foundation.read(input, &buffer, buffer.count)
            if count < 0, errno == EINTR || errno == EAGAIN { continue }
            guard count > 0 else { return nil }
            pending = decoder.keys(buffer[..<count])
        }
        return pending.removeFirst()
    }

    private static func split(_ text: String) -> (first: String, rest: String) {
        guard let end = text.firstIndex(of: "\n") else { return (text, "") }
        return (String(text[..<end]), String(text[text.index(after: end)...]))
    }
}
