/// Typed access to objects. Each is only for a value of that kind.
extension Value {
    /// A copy of the string's (or bytes') fields.
    var string: StringObject {
        @inline(__always) get { address.assumingMemoryBound(to: StringObject.self).pointee }
    }

    /// The bytes of a string or bytes value.
    var bytes: UnsafeBufferPointer<UInt8> {
        @inline(__always) get {
            let object = address.assumingMemoryBound(to: StringObject.self)
            return UnsafeBufferPointer(start: object.pointee.bytes, count: object.pointee.count)
        }
    }

    /// Whether every byte of a string or bytes value is below 128.
    var isASCII: Bool {
        @inline(__always) get { header.pointee.flags & StringObject.isASCII != 0 }
    }

    /// A string as a Swift string; what is no UTF-8 becomes U+FFFD.
    var swiftString: String { String(decoding: bytes, as: UTF8.self) }

    var tuple: UnsafeMutablePointer<TupleObject> {
        @inline(__always) get { address.assumingMemoryBound(to: TupleObject.self) }
    }

    /// The items of a tuple.
    var tupleItems: UnsafeBufferPointer<Value> {
        @inline(__always) get { UnsafeBufferPointer(start: TupleObject.items(tuple), count: tuple.pointee.count) }
    }

    var list: UnsafeMutablePointer<ListObject> {
        @inline(__always) get { address.assumingMemoryBound(to: ListObject.self) }
    }

    /// The items of a list, valid until it changes.
    var listItems: UnsafeBufferPointer<Value> {
        @inline(__always) get { UnsafeBufferPointer(start: list.pointee.items, count: list.pointee.count) }
    }

    /// A dict or a set.
    var dict: UnsafeMutablePointer<DictObject> {
        @inline(__always) get { address.assumingMemoryBound(to: DictObject.self) }
    }

    var range: RangeObject {
        @inline(__always) get { address.assumingMemoryBound(to: RangeObject.self).pointee }
    }

    var function: UnsafeMutablePointer<FunctionObject> {
        @inline(__always) get { address.assumingMemoryBound(to: FunctionObject.self) }
    }

    var builtin: UnsafePointer<Builtin> {
        @inline(__always) get { address.assumingMemoryBound(to: BuiltinObject.self).pointee.builtin }
    }

    var boundMethod: BoundMethodObject {
        @inline(__always) get { address.assumingMemoryBound(to: BoundMethodObject.self).pointee }
    }

    var cell: UnsafeMutablePointer<CellObject> {
        @inline(__always) get { address.assumingMemoryBound(to: CellObject.self) }
    }

    /// A structure or a record.
    var structure: UnsafeMutablePointer<StructureObject> {
        @inline(__always) get { address.assumingMemoryBound(to: StructureObject.self) }
    }

    var names: UnsafeMutablePointer<NamesObject> {
        @inline(__always) get { address.assumingMemoryBound(to: NamesObject.self) }
    }

    var view: ViewObject {
        @inline(__always) get { address.assumingMemoryBound(to: ViewObject.self).pointee }
    }

    var native: NativeObject {
        @inline(__always) get { address.assumingMemoryBound(to: NativeObject.self).pointee }
    }

    /// An integer object (beyond 63 bits).
    var bigInteger: UnsafeMutablePointer<IntegerObject> {
        @inline(__always) get { address.assumingMemoryBound(to: IntegerObject.self) }
    }
}
