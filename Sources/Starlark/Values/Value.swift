/// One Starlark value in one machine word.
///
/// The low bits tell what the word holds:
/// `…1` a 63-bit integer; `…10` a float whose exponent is not extreme (see `Value+float`); `100` None, False or
/// True; `000` the address of a heap object, whose first byte is its `Kind`. The word 0 is "no value": an unbound
/// variable, a missing argument, a deleted table entry. It never reaches a program.
///
/// A word is valid as long as the heap that owns its object.
struct Value {
    var raw: UInt

    @inline(__always)
    init(raw: UInt) { self.raw = raw }

    @inline(__always)
    init(object: UnsafeMutableRawPointer) { raw = UInt(bitPattern: object) }

    @inline(__always)
    init(_ flag: Bool) { raw = flag ? Value.trueRaw : Value.falseRaw }

    static let noneRaw: UInt = 0x04
    static let falseRaw: UInt = 0x0C
    static let trueRaw: UInt = 0x14

    static var unbound: Value {
        @inline(__always) get { Value(raw: 0) }
    }
    static var none: Value {
        @inline(__always) get { Value(raw: noneRaw) }
    }
    static var `true`: Value {
        @inline(__always) get { Value(raw: trueRaw) }
    }
    static var `false`: Value {
        @inline(__always) get { Value(raw: falseRaw) }
    }

    var isUnbound: Bool {
        @inline(__always) get { raw == 0 }
    }
    var isNone: Bool {
        @inline(__always) get { raw == Value.noneRaw }
    }
    var isBool: Bool {
        @inline(__always) get { raw == Value.falseRaw || raw == Value.trueRaw }
    }
    var isTrue: Bool {
        @inline(__always) get { raw == Value.trueRaw }
    }

    /// Whether the word is the address of a heap object.
    var isObject: Bool {
        @inline(__always) get { raw & 7 == 0 && raw != 0 }
    }

    /// The object's address; only for `isObject`.
    var address: UnsafeMutableRawPointer {
        @inline(__always) get { UnsafeMutableRawPointer(bitPattern: raw).unsafelyUnwrapped }
    }

    /// The object's header; only for `isObject`.
    var header: UnsafeMutablePointer<ObjectHeader> {
        @inline(__always) get { address.assumingMemoryBound(to: ObjectHeader.self) }
    }

    /// What the word holds.
    ///
    /// `.none` also for "no value".
    var kind: Kind {
        @inline(__always) get {
            if raw & 1 != 0 { return .integer }
            if raw & 2 != 0 { return .float }
            if raw & 4 != 0 { return raw == Value.noneRaw ? .none : .bool }
            return raw == 0 ? .none : header.pointee.kind
        }
    }

    /// Whether the word is an object of that kind.
    @inline(__always)
    func isObject(_ kind: Kind) -> Bool {
        isObject && header.pointee.kind == kind
    }

    @inline(__always)
    static func same(_ left: Value, _ right: Value) -> Bool { left.raw == right.raw }
}
