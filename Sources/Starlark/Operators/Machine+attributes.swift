/// `x.name` and `x.name = v`.
extension Machine {
    /// The attribute of that name (a string) and, when any builtin type has a method of that name, its number.
    @inline(never)
    func attribute(_ base: Value, _ name: Value, _ number: Int) throws(StarlarkError) -> Value {
        let found = try findAttribute(base, name, number)
        if found.isUnbound { throw missingAttribute(base, name) }
        return found
    }

    /// The attribute of that name, or unbound.
    func findAttribute(_ base: Value, _ name: Value, _ number: Int) throws(StarlarkError) -> Value {
        let kind = base.kind
        switch kind {
        case .structure, .record:
            let names = base.structure.pointee.names
            try spend(names.pointee.count >> 5)
            let place = NamesObject.find(name, in: names)
            if place >= 0 { return base.structureItems[place] }
            return .unbound
        case .native:
            return try base.native.type.takeUnretainedValue().attribute(self, base, name.swiftString) ?? .unbound
        default:
            guard let method = core.pointee.library.method(kind, number) else { return .unbound }
            return try heap.boundMethod(method, base)
        }
    }

    /// The attribute of that name, or unbound: for `getattr` and `hasattr`.
    func findAttribute(_ base: Value, _ name: Value) throws(StarlarkError) -> Value {
        try spend(bytes: name.string.count)
        return try findAttribute(base, name, Library.shared.methodNumber(name.swiftString))
    }

    /// The names of all attributes, sorted: for `dir`.
    func attributeNames(_ base: Value) -> [String] {
        switch base.kind {
        case .structure, .record: base.fieldNames.map(\.swiftString).sorted()
        case .native: base.native.type.takeUnretainedValue().attributeNames(base.native)
        default: Library.shared.methodNames(of: base.kind)
        }
    }

    private func missingAttribute(_ base: Value, _ name: Value) -> StarlarkError {
        let text = name.swiftString
        let noun = base.kind == .structure ? "attribute" : "field or method"
        return StarlarkError(
            .evaluation, "\(base.typeName) has no .\(text) \(noun)",
            suggestion: Spelling.suggestion(for: text, among: attributeNames(base), prefix: "."))
    }

    /// `base.name = value`: only for the fields of a record that its host made settable.
    @inline(never)
    func setAttribute(_ base: Value, _ name: Value, _ value: Value) throws(StarlarkError) {
        let text = name.swiftString
        if base.kind == .native, let set = base.native.type.takeUnretainedValue().setAttribute {
            return try set(self, base, text, value)
        }
        guard base.kind == .record, let settable = base.structure.pointee.settable,
            let owner = base.structure.pointee.owner
        else { throw StarlarkError(.evaluation, "can't assign to .\(text) field of \(base.typeName)") }
        if owner.pointee.isFrozen {
            throw StarlarkError(.evaluation, "cannot set .\(text) field of frozen \(base.typeName)")
        }
        let place = NamesObject.find(name, in: base.structure.pointee.names)
        guard place >= 0, NamesObject.find(name, in: settable) >= 0 else {
            let names = UnsafeBufferPointer(start: NamesObject.items(settable), count: settable.pointee.count)
            throw StarlarkError(
                .evaluation, "can't assign to .\(text) field of \(base.typeName)",
                suggestion: Spelling.suggestion(for: text, among: names.map(\.swiftString), prefix: "."))
        }
        StructureObject.items(base.structure)[place] = value
    }
}

extension NamesObject {
    /// The place of a name (a string), or -1.
    ///
    /// Names are few: they are compared one by one.
    static func find(_ name: Value, in names: UnsafeMutablePointer<NamesObject>) -> Int {
        let items = items(names)
        let count = names.pointee.count
        for index in 0..<count where items[index].raw == name.raw { return index }
        let hash = Hash.string(name)
        for index in 0..<count where Hash.string(items[index]) == hash {
            if Equality.sameBytes(items[index], name) { return index }
        }
        return -1
    }
}
