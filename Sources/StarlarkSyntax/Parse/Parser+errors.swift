extension Parser {
    /// Records that the token is not what was wanted.
    mutating func unexpected(want: String) -> ParseFailure {
        if kind == .endOfFile { scanner.diagnostics.endEarly() }
        let got = kind == .reserved ? "reserved word '\(tokenText)'" : "\(kind)"
        return fail("got \(got), want \(want)", at: start, suggestion: suggestion(want: want))
    }

    /// Records a mistake, unless one was found on the same line.
    mutating func fail(_ message: String, at position: UInt32, suggestion: String? = nil) -> ParseFailure {
        if !scanner.diagnostics.hasError(onLineOf: position) {
            scanner.diagnostics.add(.parse, at: position, message, suggestion: suggestion)
        }
        return ParseFailure()
    }

    /// Records a broken rule of order, after which parsing goes on.
    mutating func note(_ message: String, at position: UInt32) {
        tree.looseErrors.add(.resolve, at: position, message)
    }

    mutating func tooDeep() -> ParseFailure {
        let levels = min(nesting, tree.options.nestingMax)
        scanner.diagnostics.add(.limit, at: start, "code is nested more than \(levels) levels deep")
        return ParseFailure()
    }

    private var tokenText: String {
        String(decoding: scanner.bytes[Int(scanner.token.start)..<Int(scanner.token.end)], as: UTF8.self)
    }

    /// What people who come from other languages may have meant.
    private func suggestion(want: String) -> String? {
        guard kind == .reserved else {
            return kind == .assign && want == "':'" ? "use '==' to compare" : nil
        }
        switch tokenText {
        case "is": return "use '==' to compare"
        case "class": return "use a function that returns a struct"
        case "import", "from": return "use load(\"file.star\", \"name\")"
        case "try", "except", "raise", "finally": return "there are no exceptions; fail(\"…\") stops the program"
        default: return "the word is reserved"
        }
    }

    /// Passes the rest of a statement that could not be read, with the block it may have.
    mutating func recover() {
        while kind != .newline, kind != .outdent, kind != .endOfFile {
            if scanner.depth > 0, startsStatement { scanner.depth = 0 }
            if scanner.depth == 0, startsStatement, kind != .indent { return }
            if kind == .identifier { tree.hidden.insert(Symbol(Int(scanner.token.value))) }
            let isIndent = kind == .indent
            advance()
            if isIndent { return skipBlock() }
        }
        if kind == .newline { advance() }
        if kind == .indent { skipBlock() }
    }

    /// Whether the token begins a line, no deeper than the current block, as only statements do: then a bracket
    /// before it was never closed.
    private var startsStatement: Bool {
        switch kind {
        case .def, .load, .return, .pass, .break, .continue, .while: break
        // A name may stand anywhere in brackets, but at the margin only by bad manners.
        case .identifier: if !beginsLine { return false }
        default: return false
        }
        return tree.source.offsetInLine(at: start) <= scanner.indents[scanner.indents.count - 1]
    }

    /// Whether there are only blanks before the token in its line.
    private var beginsLine: Bool {
        var index = Int(start) - 1
        while index >= 0, scanner.bytes[index] == UInt8(ascii: " ") || scanner.bytes[index] == UInt8(ascii: "\t") {
            index -= 1
        }
        return index < 0 || scanner.bytes[index] == UInt8(ascii: "\n") || scanner.bytes[index] == UInt8(ascii: "\r")
    }

    /// Reads a block whose header could not be read, for its own mistakes.
    private mutating func skipBlock() {
        let nesting = self.nesting
        if kind == .indent { advance() }
        if nesting < tree.options.nestingMax, !stack.isSpent {
            self.nesting += 1
            let mark = pendingStatements.count
            parseStatements(until: .outdent)
            _ = takeStatements(from: mark)
        } else {
            skipDeepBlock()
        }
        self.nesting = nesting
        if kind == .outdent { advance() }
    }

    private mutating func skipDeepBlock() {
        var depth = 0
        while kind != .endOfFile, depth > 0 || kind != .outdent {
            if kind == .indent { depth += 1 }
            if kind == .outdent { depth -= 1 }
            if kind == .identifier { tree.hidden.insert(Symbol(Int(scanner.token.value))) }
            advance()
        }
    }
}
