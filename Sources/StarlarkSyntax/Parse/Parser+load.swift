extension Parser {
    mutating func parseLoad() throws(ParseFailure) {
        let position = advance()
        let parenthesis = try expect(.leftParenthesis)
        guard kind == .string else {
            throw fail("first operand of load statement must be a string literal", at: start)
        }
        let module = TextID(Int(scanner.token.value))
        let modulePosition = advance()
        let first = tree.loadItems.count
        while kind != .rightParenthesis, kind != .endOfFile {
            try expect(.comma)
            if kind == .rightParenthesis { break }
            try parseLoadItem()
        }
        try expect(.rightParenthesis)
        let items = NodeList<LoadSyntax.Item>(start: first, count: tree.loadItems.count - first)
        if items.isEmpty { throw fail("load statement must import at least 1 symbol", at: parenthesis) }
        tree.loads.append(LoadSyntax(module: module, modulePosition: modulePosition, items: items))
        add(.load(LoadID(tree.loads.count - 1)), at: position)
    }

    private mutating func parseLoadItem() throws(ParseFailure) {
        switch kind {
        case .string:
            let position = start + 1
            let exported = takeExportedName()
            let local = addName(exported, at: position)
            addLoadItem(local: local, exported: exported, at: position)
        case .identifier:
            let symbol = Symbol(Int(scanner.token.value))
            let name = scanner.symbols.text(of: symbol)
            let local = addName(symbol, at: advance())
            guard kind == .assign else {
                let message = "load operand must be \"\(name)\" or \(name)=\"originalname\" (want '=' after \(name))"
                throw fail(message, at: start)
            }
            advance()
            guard kind == .string else {
                throw fail("original name of loaded symbol must be quoted: \(name)=\"originalname\"", at: start)
            }
            let position = start + 1
            addLoadItem(local: local, exported: takeExportedName(), at: position)
        default:
            throw fail("load operand must be \"name\" or localname=\"name\" (got \(kind))", at: start)
        }
    }

    /// Passes the string that names what is loaded.
    private mutating func takeExportedName() -> Symbol {
        let text = TextID(Int(scanner.token.value))
        let bytes = Array(scanner.texts.bytes(of: text))
        let symbol = bytes.withUnsafeBufferPointer { scanner.symbols.intern($0) }
        if bytes.isEmpty {
            note("load: empty identifier", at: start)
        } else if bytes[0] == UInt8(ascii: "_") {
            let name = String(decoding: bytes, as: UTF8.self)
            note("load: names with leading underscores are not exported: \(name)", at: start)
        }
        advance()
        return symbol
    }

    private mutating func addLoadItem(local: NameID, exported: Symbol, at position: UInt32) {
        tree.loadItems.append(LoadSyntax.Item(local: local, exported: exported, exportedPosition: position))
    }
}
