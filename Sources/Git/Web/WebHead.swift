/// The head of an answer: its status and the few fields that matter to git.
struct WebHead {
    /// A longer head ends the request.
    static let bytesMax = 64 << 10

    private(set) var status = 0
    private(set) var isComplete = false
    private(set) var contentType = ""
    private(set) var location: String?
    /// What the host asks to be left alone for.
    private(set) var retryAfterSeconds: Int?
    private var byteCount = 0

    /// Takes one line as it was received; false if the head is too long.
    mutating func add(_ line: UnsafeRawBufferPointer) -> Bool {
        byteCount += line.count
        guard byteCount <= Self.bytesMax else { return false }
        let text = String(decoding: line, as: UTF8.self).trimmed
        if text.hasPrefix("HTTP/") {
            let count = byteCount
            self = WebHead()
            byteCount = count
            status = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        } else if text.isEmpty {
            isComplete = status >= 200
        } else if let colon = text.firstIndex(of: ":") {
            let value = text[text.index(after: colon)...].trimmed
            switch text[..<colon].lowercased() {
            case "content-type": contentType = String(value.prefix { $0 != ";" }).trimmed
            case "location": location = value
            case "retry-after": retryAfterSeconds = Int(value)
            default: break
            }
        }
        return true
    }
}

extension StringProtocol {
    /// The text without white space around it.
    fileprivate var trimmed: String {
        var rest = self[...]
        while rest.first?.isWhitespace == true { rest = rest.dropFirst() }
        while rest.last?.isWhitespace == true { rest = rest.dropLast() }
        return String(rest)
    }
}
