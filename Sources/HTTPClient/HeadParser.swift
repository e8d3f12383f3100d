/// Puts a response's head together from the lines that libcurl hands over.
///
/// Interim responses (1xx) are dropped, and so are trailers, which come after the body.
struct HeadParser {
    /// How many bytes of head lines have been taken.
    private(set) var lineBytes = 0
    private var head: HTTPResponseHead?
    private var isComplete = false

    /// Takes one line with its line end; gives the head when this was the empty line after its last field.
    mutating func add(_ line: UnsafeRawBufferPointer) -> HTTPResponseHead? {
        lineBytes += line.count
        guard !isComplete else { return nil }
        let text = String(decoding: line, as: UTF8.self)
        if text.hasPrefix("HTTP/") {
            head = HTTPResponseHead(status: Self.status(in: text), headers: [:])
            return nil
        }
        let content = text.prefix { $0 != "\r\n" && $0 != "\n" && $0 != "\r" }
        if content.isEmpty {
            guard let head, head.status >= 200 else { return nil }
            isComplete = true
            return head
        }
        guard let colon = content.firstIndex(of: ":") else { return nil }
        let value = content[content.index(after: colon)...].drop(while: Self.isBlank)
        head?.headers.add(String(content[..<colon]), String(value.reversed().drop(while: Self.isBlank).reversed()))
        return nil
    }

    private static func isBlank(_ character: Character) -> Bool { character == " " || character == "\t" }

    private static func status(in line: String) -> Int {
        let fields = line.split(separator: " ", maxSplits: 2)
        return fields.count > 1 ? Int(fields[1].prefix(3)) ?? 0 : 0
    }
}
