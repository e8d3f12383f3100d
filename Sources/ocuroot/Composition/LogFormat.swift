import ArgumentParser

/// How a server writes its log.
enum LogFormat: String, Sendable, CaseIterable, ExpressibleByArgument {
    /// One readable line an entry.
    case text
    /// One JSON object a line.
    case json
}
