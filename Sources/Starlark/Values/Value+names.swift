extension Value {
    /// What `type(x)` returns.
    var typeName: String {
        switch kind {
        case .record: recordType.swiftString
        case .view: view.typeName
        case .native: native.type._withUnsafeGuaranteedRef { $0.name }
        default: kind.typeName ?? ""
        }
    }

    /// The type name of a record, a string.
    private var recordType: Value {
        let constructor = structure.pointee.constructor
        return constructor.kind == .tuple ? constructor.tupleItems[0] : constructor
    }

    /// A record's own name, a string; nil when it has none.
    var recordName: Value? {
        let constructor = structure.pointee.constructor
        return constructor.kind == .tuple ? constructor.tupleItems[1] : nil
    }

    /// The values of a structure's or record's fields.
    var structureItems: UnsafeBufferPointer<Value> {
        UnsafeBufferPointer(start: StructureObject.items(structure), count: structure.pointee.names.pointee.count)
    }

    /// The names of a structure's or record's fields.
    var fieldNames: UnsafeBufferPointer<Value> {
        let names = structure.pointee.names
        return UnsafeBufferPointer(start: NamesObject.items(names), count: names.pointee.count)
    }

    /// Whether two structures have one constructor and the same names.
    func sameFields(as other: Value) -> Bool {
        let mine = structure.pointee
        let theirs = other.structure.pointee
        guard mine.constructor.raw == theirs.constructor.raw else { return false }
        if mine.names == theirs.names { return true }
        guard mine.names.pointee.count == theirs.names.pointee.count else { return false }
        return zip(fieldNames, other.fieldNames).allSatisfy { Equality.sameBytes($0, $1) }
    }
}
