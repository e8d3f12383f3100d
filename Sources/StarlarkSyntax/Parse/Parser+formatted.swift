extension Parser {
    /// Reads an f-string: the scanner has found its end, the parts are read here.
    mutating func parseFormatted() throws(ParseFailure) -> ExpressionID {
        let token = scanner.token
        let content = Int(token.value >> 3)
        let isRaw = token.value & 1 == 1
        let last = Int(token.end) - Int((token.value >> 1) & 3)
        let outer = (position: scanner.position, end: scanner.end, depth: scanner.depth, flag: scanner.isInFormatted)
        scanner.end = last
        scanner.isInFormatted = true
        let parts: [FormattedPart]
        do throws(ParseFailure) {
            parts = try parseParts(content..<last, isRaw: isRaw)
        } catch {
            leaveFormatted(outer)
            throw error
        }
        leaveFormatted(outer)
        let first = tree.formattedParts.count
        tree.formattedParts.append(contentsOf: parts)
        let id = add(.formatted(NodeList(start: first, count: parts.count)), at: token.start)
        advance()
        return id
    }

    /// Puts the scanner back behind the string, as it was outside.
    private mutating func leaveFormatted(_ outer: (position: Int, end: Int, depth: Int, flag: Bool)) {
        scanner.position = outer.position
        scanner.end = outer.end
        scanner.depth = outer.depth
        scanner.isInFormatted = outer.flag
    }

    private mutating func parseParts(_ range: Range<Int>, isRaw: Bool) throws(ParseFailure) -> [FormattedPart] {
        var parts: [FormattedPart] = []
        var index = range.lowerBound
        var text = index
        while index < range.upperBound {
            let byte = scanner.bytes[index]
            let isDoubled = index + 1 < range.upperBound && scanner.bytes[index + 1] == byte
            if byte == UInt8(ascii: "\\"), !isRaw {
                index += 2
            } else if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}") {
                let end = isDoubled ? index + 1 : index
                addText(text..<end, isRaw: isRaw, to: &parts)
                if isDoubled {
                    index += 2
                } else if byte == UInt8(ascii: "{") {
                    index = try parseValue(at: index, to: &parts)
                } else {
                    throw fail("single '}' in f-string", at: UInt32(truncatingIfNeeded: index))
                }
                text = index
            } else {
                index += 1
            }
        }
        addText(text..<range.upperBound, isRaw: isRaw, to: &parts)
        return parts
    }

    private mutating func addText(_ range: Range<Int>, isRaw: Bool, to parts: inout [FormattedPart]) {
        guard !range.isEmpty else { return }
        let style = StringStyle(isRaw: isRaw)
        let isASCII = scanner.bytes[range].allSatisfy { $0 < 128 }
        parts.append(.text(scanner.decode(range, style: style, isPlain: false, isASCII: isASCII)))
    }

    /// Reads `{expression}` or `{expression!r}`; returns the index after it.
    private mutating func parseValue(at index: Int, to parts: inout [FormattedPart]) throws(ParseFailure) -> Int {
        scanner.position = index + 1
        scanner.depth = 1
        scanner.next()
        let value = try parseTest()
        var isRepr = false
        if accept(.bang) {
            let place = start
            let text = scanner.symbols.text(of: try parseIdentifier())
            guard text == "r" || text == "s" else { throw fail("unknown conversion '!\(text)' in f-string", at: place) }
            isRepr = text == "r"
        }
        guard kind == .rightBrace else {
            let got = kind == .endOfFile ? "end of f-string" : "\(kind)"
            throw fail("got \(got), want '}' in f-string", at: start)
        }
        parts.append(.value(value, repr: isRepr))
        return Int(scanner.token.end)
    }
}
