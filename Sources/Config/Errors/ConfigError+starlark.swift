import Model
import Starlark

extension ConfigError {
    /// What Starlark says, in this module's terms: bounds and cancellation keep their own codes.
    init(_ error: StarlarkError, code: Code, operation: String, subject: String) {
        let own: Code =
            switch error.code {
            case .stepLimit, .memoryLimit, .depthLimit, .deadline: .limit
            case .cancelled: .canceled
            case .syntax, .evaluation, .load, .host: code
            }
        let further = error.syntaxErrors.dropFirst().map { "\n\($0.report)" }.joined()
        let excerpt = error.syntaxErrors.first.map { "\n\($0.excerpt)" } ?? ""
        self.init(
            own, operation: operation, subject: subject, cause: Self.shortened(error.summary + excerpt + further),
            location: error.location.map { "\($0)" }, backtrace: Self.lines(error.frames))
    }

    /// A text that a program may have made as long as it liked, cut to what a person reads.
    private static func shortened(_ text: String) -> String {
        let bytesMax = 10_000
        let start = text.prefix(bytesMax: bytesMax)
        return start.endIndex == text.endIndex ? text : start + " …"
    }

    /// An entry for each call, the middle of a long backtrace left out.
    private static func lines(_ frames: [StackFrame]) -> [String] {
        let lines = frames.map { frame in
            let source = frame.line.drop { $0 == " " || $0 == "\t" }
            return "\(frame.location): in \(frame.function)" + (source.isEmpty ? "" : "\n  \(source)")
        }
        let shownMax = 20
        guard lines.count > 2 * shownMax else { return lines }
        return lines.prefix(shownMax) + ["… \(lines.count - 2 * shownMax) more calls …"] + lines.suffix(shownMax)
    }

    /// The same error with a line that says which file's load led to it.
    func loaded(by load: ProgramLoad) -> ConfigError {
        let line = "\(load.request.location): loads '\(load.request.module)'"
        guard backtrace.count < 50 else { return self }
        return ConfigError(
            code, operation: operation, subject: subject, cause: cause, location: location,
            backtrace: [line] + backtrace)
    }
}
