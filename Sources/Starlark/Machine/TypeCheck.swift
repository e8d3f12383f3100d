/// Whether values are of annotated types; see `FunctionCompiler+types` for how a type is written down.
enum TypeCheck {
    /// What is checked, for messages.
    enum Subject: UInt8 {
        case parameter
        case result
        case variable
    }

    /// Whether a value is of a type; elements are counted as steps.
    static func matches(_ value: Value, _ type: Value, _ machine: Machine) throws(StarlarkError) -> Bool {
        guard type.kind == .tuple else { return matchesName(value, type) }
        let parts = type.tupleItems
        if parts[0].swiftString == "|" {
            for index in 1..<parts.count where try matches(value, parts[index], machine) { return true }
            return false
        }
        guard value.typeName == parts[0].swiftString else { return false }
        switch value.kind {
        case .list: return try all(value.listItems, parts[1], machine)
        case .tuple: return try matchesTuple(value.tupleItems, parts, machine)
        default: return try matchesEntries(value, parts, machine)
        }
    }

    private static func matchesName(_ value: Value, _ type: Value) -> Bool {
        let name = type.swiftString
        if name.isEmpty || value.typeName == name { return true }
        return name == "function" && (value.kind == .builtin || value.kind == .boundMethod)
    }

    private static func all(
        _ items: UnsafeBufferPointer<Value>, _ type: Value, _ machine: Machine
    ) throws(StarlarkError) -> Bool {
        try machine.spend(items.count)
        for item in items where try !matches(item, type, machine) { return false }
        return true
    }

    /// `tuple[A, B]` has exactly these; `tuple[A, ...]` (made for `*args`) any number of one type.
    private static func matchesTuple(
        _ items: UnsafeBufferPointer<Value>, _ parts: UnsafeBufferPointer<Value>, _ machine: Machine
    ) throws(StarlarkError) -> Bool {
        if parts.count == 3, parts[2].isObject(.string), parts[2].swiftString == "..." {
            return try all(items, parts[1], machine)
        }
        guard items.count == parts.count - 1 else { return false }
        for index in 0..<items.count where try !matches(items[index], parts[index + 1], machine) { return false }
        return true
    }

    private static func matchesEntries(
        _ value: Value, _ parts: UnsafeBufferPointer<Value>, _ machine: Machine
    ) throws(StarlarkError) -> Bool {
        let table = value.dict.pointee.table
        try machine.spend(table.places)
        for place in table.firstPlace..<max(table.places, table.firstPlace) {
            let entry = table.entries[place]
            if entry.key.isUnbound { continue }
            if try !matches(entry.key, parts[1], machine) { return false }
            if parts.count > 2, value.kind == .dict, try !matches(entry.value, parts[2], machine) { return false }
        }
        return true
    }

    /// A type as it is written in a program.
    static func text(_ type: Value) -> String {
        guard type.kind == .tuple else {
            let name = type.swiftString
            return name.isEmpty ? "Any" : name == "NoneType" ? "None" : name
        }
        let parts = type.tupleItems.dropFirst().map(text)
        let head = type.tupleItems[0].swiftString
        return head == "|" ? parts.joined(separator: " | ") : "\(head)[\(parts.joined(separator: ", "))]"
    }
}

extension Machine {
    /// Refuses a value that is not of its annotated type.
    @inline(never)
    func checkType(_ value: Value, _ type: Value, _ name: Value, _ subject: UInt8) throws(StarlarkError) {
        if try TypeCheck.matches(value, type, self) { return }
        let what =
            switch TypeCheck.Subject(rawValue: subject) {
            case .parameter: "parameter \(name.swiftString)"
            case .result: "result of \(name.swiftString)"
            default: "variable \(name.swiftString)"
            }
        throw StarlarkError(.evaluation, "\(what): got \(value.typeName), want \(TypeCheck.text(type))")
    }
}
