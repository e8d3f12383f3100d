/// A part of the library that files see only when the host gives it to them.
public enum LibraryModule: String, Sendable, CaseIterable {
    /// `json.encode`, `json.decode`, `json.indent`
    case json
    /// Functions of floats.
    case math
    /// Times and durations; `time.now` needs `EvaluationSettings.now`.
    case time
    /// The constructor `struct`.
    case structure = "struct"
}
