/// Collects the mistakes found in a file, up to a bound.
struct Diagnostics {
    let source: SourceFile
    let errorsMax: Int
    private(set) var errors: [(position: UInt32, error: SyntaxError)] = []
    /// Whether the only mistake is that the input ended too early: more text might make it right.
    private(set) var isIncomplete = false

    init(source: SourceFile, errorsMax: Int) {
        self.source = source
        self.errorsMax = max(1, errorsMax)
    }

    /// Notes, before the mistake is added, that the input ended too early.
    mutating func endEarly() {
        if errors.isEmpty { isIncomplete = true }
    }

    var isFull: Bool { errors.count >= errorsMax }

    mutating func add(
        _ code: SyntaxError.Code, at position: UInt32, _ message: String, suggestion: String? = nil
    ) {
        guard !isFull else { return }
        let location = source.location(at: position)
        let line = source.excerpt(ofLine: location.line)
        let error = SyntaxError(
            code: code, location: location, message: message, suggestion: suggestion, line: line)
        errors.append((position, error))
    }

    /// Adds the mistakes of another collection of the same file.
    mutating func merge(_ other: Diagnostics) {
        errors.append(contentsOf: other.errors.prefix(max(0, errorsMax - errors.count)))
    }

    /// Whether a mistake was already reported on the line of that place.
    func hasError(onLineOf position: UInt32) -> Bool {
        guard let last = errors.last else { return false }
        return source.line(at: position) == last.error.location.line
    }

    /// The mistakes in order of place, each once.
    func sorted() -> SyntaxErrors {
        let ordered = errors.enumerated().sorted {
            ($0.element.position, $0.offset) < ($1.element.position, $1.offset)
        }
        var unique: [SyntaxError] = []
        for item in ordered where item.element.error != unique.last { unique.append(item.element.error) }
        return SyntaxErrors(errors: unique, isIncomplete: isIncomplete)
    }
}
