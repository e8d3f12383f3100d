/// A method of a builtin type together with its receiver: `"abc".upper`.
struct BoundMethodObject {
    let header: ObjectHeader
    let builtin: UnsafePointer<Builtin>
    let receiver: Value
}
