/// Finds the events in the bytes of an event stream, wherever those are cut.
///
/// A pure value. See <https://html.spec.whatwg.org/multipage/server-sent-events.html>; `retry` is ignored, as
/// reconnecting is the caller's decision.
struct ServerSentEventParser {
    /// The longest event that is taken.
    static let eventBytesMax = 1 << 20

    private var line: [UInt8] = []
    private var name = ""
    private var data: [String] = []
    private var dataBytes = 0
    private var id: String?
    private var isAfterCarriageReturn = false
    private var isAtStart = true

    /// Takes bytes and gives the events that they complete; nil when one is too long.
    mutating func add(_ bytes: [UInt8]) -> [ServerSentEvent]? {
        var events: [ServerSentEvent] = []
        for byte in bytes {
            let isSecondOfPair = isAfterCarriageReturn && byte == UInt8(ascii: "\n")
            isAfterCarriageReturn = byte == UInt8(ascii: "\r")
            if isSecondOfPair { continue }
            if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
                if let event = endLine() { events.append(event) }
            } else {
                line.append(byte)
                if line.count + dataBytes > Self.eventBytesMax { return nil }
            }
        }
        return events
    }

    private mutating func endLine() -> ServerSentEvent? {
        defer { line = [] }
        if isAtStart {
            isAtStart = false
            if line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
        }
        if line.isEmpty { return endEvent() }
        let field = line.prefix { $0 != UInt8(ascii: ":") }
        var value = line.dropFirst(field.count + 1)
        if value.first == UInt8(ascii: " ") { value = value.dropFirst() }
        let text = String(decoding: value, as: UTF8.self)
        switch String(decoding: field, as: UTF8.self) {
        case "event": name = text
        case "data":
            data.append(text)
            dataBytes += value.count + 1
        case "id": if !value.contains(0) { id = text }
        default: break
        }
        return nil
    }

    private mutating func endEvent() -> ServerSentEvent? {
        defer { (name, data, dataBytes) = ("", [], 0) }
        guard !data.isEmpty else { return nil }
        return ServerSentEvent(
            name: name.isEmpty ? "message" : name, data: data.joined(separator: "\n"), id: id)
    }
}
