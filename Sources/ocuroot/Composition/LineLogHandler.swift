import Foundation
import Logging
import Model

/// Writes each entry as one line to standard error.
struct LineLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    var logLevel: Logger.Level
    private let label: String
    private let format: LogFormat

    /// Makes a handler.
    ///
    /// - Parameters:
    ///   - label: who writes.
    ///   - level: entries below it are left out.
    ///   - format: how lines look.
    init(label: String, level: Logger.Level, format: LogFormat) {
        self.label = label
        logLevel = level
        self.format = format
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var facts = metadata.merging(metadataProvider?.get() ?? [:]) { $1 }
        facts.merge(event.metadata ?? [:]) { $1 }
        if let error = event.error { facts["error"] = "\(error)" }
        let line = Self.line(
            time: Date(), level: event.level, label: label, message: "\(event.message)",
            facts: facts.mapValues { "\($0)" }, format: format)
        Terminal.standardError.line(line)
    }

    /// One line; what is in it cannot begin another.
    static func line(
        time: Date, level: Logger.Level, label: String, message: String, facts: [String: String], format: LogFormat
    ) -> String {
        switch format {
        case .json:
            var fields = facts
            fields["time"] = JSONText.time(time)
            fields["level"] = level.rawValue
            fields["label"] = label
            fields["message"] = message
            return (try? JSONText.encode(fields)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
        case .text:
            let name = level.rawValue.padding(toLength: 8, withPad: " ", startingAt: 0)
            let pairs = facts.sorted { $0.key < $1.key }.map { " \($0.key)=\(quoted($0.value))" }.joined()
            return "\(JSONText.time(time)) \(name) \(label): \(flat(message))\(pairs)"
        }
    }

    private static func quoted(_ value: String) -> String {
        let value = flat(value)
        let scalars = value.unicodeScalars
        guard scalars.isEmpty || scalars.contains(where: { " \"=".unicodeScalars.contains($0) }) else { return value }
        return "\"\(String(String.UnicodeScalarView(scalars.map { $0 == "\"" ? "'" : $0 })))\""
    }

    private static func flat(_ text: String) -> String {
        PlainText.line(text.split(whereSeparator: \.isNewline).joined(separator: " | "))
    }
}
