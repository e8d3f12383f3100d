/// Why a program did not compile or did not finish: what, where, and through which calls.
///
/// A value of one word: copying is cheap.
public struct StarlarkError: Error, Sendable {
    private let storage: Storage

    /// `@unchecked` is not needed: every field is an immutable Sendable value.
    private final class Storage: Sendable {
        let code: Code
        let message: String
        let suggestion: String?
        let frames: [StackFrame]
        let syntaxErrors: [SyntaxError]
        let cause: (any Error)?
        let builtin: String?

        init(
            code: Code, message: String, suggestion: String?, frames: [StackFrame], syntaxErrors: [SyntaxError],
            cause: (any Error)?, builtin: String?
        ) {
            self.code = code
            self.message = message
            self.suggestion = suggestion
            self.frames = frames
            self.syntaxErrors = syntaxErrors
            self.cause = cause
            self.builtin = builtin
        }
    }

    /// An error with what is known where it arises; the machine adds the calls on the way out.
    public init(
        _ code: Code, _ message: String, suggestion: String? = nil, frames: [StackFrame] = [],
        cause: (any Error)? = nil
    ) {
        storage = Storage(
            code: code, message: message, suggestion: suggestion, frames: frames, syntaxErrors: [], cause: cause,
            builtin: nil)
    }

    /// The static errors of a file.
    init(_ errors: SyntaxErrors) {
        storage = Storage(
            code: .syntax, message: errors.errors.first?.message ?? "", suggestion: errors.errors.first?.suggestion,
            frames: [], syntaxErrors: errors.errors, cause: nil, builtin: nil)
    }

    private init(_ storage: Storage) { self.storage = storage }

    /// What kind of failure it is.
    public var code: Code { storage.code }

    /// What went wrong.
    public var message: String { storage.message }

    /// What may have been meant, for example `did you mean .append?`.
    public var suggestion: String? { storage.suggestion }

    /// The calls that led to the error, outermost first, across loaded files; empty for static errors.
    public var frames: [StackFrame] { storage.frames }

    /// Every static error of the file, for `.syntax`; otherwise empty.
    public var syntaxErrors: [SyntaxError] { storage.syntaxErrors }

    /// The error of the host's function or loader that caused this one.
    public var cause: (any Error)? { storage.cause }

    /// Where it happened: the innermost call, or the first static error.
    public var location: SourceLocation? { frames.last?.location ?? syntaxErrors.first?.location }

    /// The built-in or host function that raised it; nil when an operator or statement did.
    public var builtin: String? { storage.builtin }

    /// The same error with further calls around those it has.
    func inside(_ outer: [StackFrame], builtin: String?) -> StarlarkError {
        StarlarkError(
            Storage(
                code: code, message: message, suggestion: suggestion, frames: outer + frames,
                syntaxErrors: syntaxErrors, cause: cause, builtin: self.builtin ?? (frames.isEmpty ? builtin : nil)))
    }

    /// The same error with text put before its message.
    func prefixed(_ prefix: String) -> StarlarkError {
        StarlarkError(
            Storage(
                code: code, message: prefix + message, suggestion: suggestion, frames: frames,
                syntaxErrors: syntaxErrors, cause: cause, builtin: builtin))
    }
}
