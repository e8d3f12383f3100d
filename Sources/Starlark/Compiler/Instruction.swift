/// One instruction of the register machine: eight bytes.
///
/// `a`, `b` and `c` are registers, numbers of constants or other small numbers, as the opcode says; `b` and `c`
/// together can be a signed 32-bit number, mostly a jump distance counted from the next instruction.
struct Instruction {
    let opcode: Opcode
    let flag: UInt8
    let a: UInt16
    let b: UInt16
    let c: UInt16

    init(_ opcode: Opcode, flag: UInt8 = 0, a: Int = 0, b: Int = 0, c: Int = 0) {
        self.opcode = opcode
        self.flag = flag
        self.a = UInt16(truncatingIfNeeded: a)
        self.b = UInt16(truncatingIfNeeded: b)
        self.c = UInt16(truncatingIfNeeded: c)
    }

    init(_ opcode: Opcode, flag: UInt8 = 0, a: Int = 0, wide: Int) {
        let bits = UInt32(bitPattern: Int32(truncatingIfNeeded: wide))
        self.init(opcode, flag: flag, a: a, b: Int(bits & 0xFFFF), c: Int(bits >> 16))
    }

    /// Flag of an operator: the left operand is the result of arithmetic, and nothing else refers to it.
    static let leftIsFresh: UInt8 = 2
    /// The same of the right operand.
    static let rightIsFresh: UInt8 = 4

    /// `b` and `c` as one number.
    var wide: Int {
        @inline(__always) get { Int(Int32(bitPattern: UInt32(b) | UInt32(c) << 16)) }
    }

    /// `c` as a signed number.
    var near: Int {
        @inline(__always) get { Int(Int16(bitPattern: c)) }
    }
}
