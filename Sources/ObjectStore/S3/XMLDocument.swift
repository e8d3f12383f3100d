/// A reader for the XML that S3 servers answer with.
///
/// It knows elements, text, character references, CDATA and comments. A document type, and with it every entity of
/// one's own, is refused. Nesting is bounded by ``depthMax``, the size by whoever received the bytes.
struct XMLDocument {
    static let depthMax = 16

    private var rest: ArraySlice<UInt8>
    private var open: [XMLElement] = []
    private var root: XMLElement?

    /// The root element of a document, or nil when it is not well-formed.
    static func root(of bytes: [UInt8]) -> XMLElement? {
        var document = XMLDocument(rest: bytes[...])
        return document.read() ? document.root : nil
    }

    private init(rest: ArraySlice<UInt8>) { self.rest = rest }

    private mutating func read() -> Bool {
        while let byte = rest.first {
            let isFine = byte == UInt8(ascii: "<") ? readMarkup() : readText()
            if !isFine { return false }
        }
        return root != nil && open.isEmpty
    }

    private mutating func readMarkup() -> Bool {
        if skip("<!--") { return take(until: "-->") != nil }
        if skip("<![CDATA[") {
            guard let text = take(until: "]]>") else { return false }
            return append(String(decoding: text, as: UTF8.self))
        }
        if skip("<?") { return take(until: "?>") != nil }
        if skip("</") {
            guard let name = take(until: ">") else { return false }
            return close(Self.localName(name))
        }
        guard skip("<"), rest.first != UInt8(ascii: "!"), var tag = takeTag() else { return false }
        let isEmpty = tag.last == UInt8(ascii: "/")
        if isEmpty { tag.removeLast() }
        let name = Self.localName(tag.prefix { !Self.isSpace($0) })
        guard !name.isEmpty, open.count < Self.depthMax, root == nil else { return false }
        open.append(XMLElement(name: name))
        return isEmpty ? close(name) : true
    }

    /// The inside of a start tag; a `>` within quotes does not end it.
    private mutating func takeTag() -> ArraySlice<UInt8>? {
        var quote: UInt8?
        for (index, byte) in zip(rest.indices, rest) {
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: ">") {
                defer { rest = rest[(index + 1)...] }
                return rest[..<index]
            }
        }
        return nil
    }

    private mutating func readText() -> Bool {
        let text = rest.prefix { $0 != UInt8(ascii: "<") }
        rest = rest[text.endIndex...]
        if open.isEmpty { return text.allSatisfy(Self.isSpace) || text.starts(with: [0xEF, 0xBB, 0xBF]) }
        guard let resolved = XMLText.resolve(text) else { return false }
        return append(resolved)
    }

    private mutating func append(_ text: String) -> Bool {
        guard !open.isEmpty else { return false }
        open[open.count - 1].text += text
        return true
    }

    private mutating func close(_ name: String) -> Bool {
        guard let element = open.popLast(), element.name == name else { return false }
        if open.isEmpty {
            root = element
        } else {
            open[open.count - 1].children.append(element)
        }
        return true
    }

    private mutating func skip(_ text: StaticString) -> Bool {
        let matches = text.withUTF8Buffer { rest.starts(with: $0) }
        if matches { rest = rest.dropFirst(text.utf8CodeUnitCount) }
        return matches
    }

    private mutating func take(until end: String) -> ArraySlice<UInt8>? {
        let end = Array(end.utf8)
        var index = rest.startIndex
        while index + end.count <= rest.endIndex {
            if rest[index] == end[0], rest[index...].starts(with: end) {
                defer { rest = rest[(index + end.count)...] }
                return rest[..<index]
            }
            index += 1
        }
        return nil
    }

    private static func localName(_ name: ArraySlice<UInt8>) -> String {
        let trimmed = name.prefix { !isSpace($0) }
        return String(decoding: trimmed.split(separator: UInt8(ascii: ":")).last ?? [], as: UTF8.self)
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }
}
