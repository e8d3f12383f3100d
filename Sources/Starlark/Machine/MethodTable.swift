/// The methods of the builtin types, found by kind and number.
///
/// `@unchecked Sendable`: the memory is filled before the library is shared, and never written or freed after.
struct MethodTable: @unchecked Sendable {
    let methods: UnsafePointer<UnsafePointer<Builtin>?>
    /// Numbers of methods; 0 is no method.
    let stride: Int

    @inline(__always)
    func method(_ kind: Kind, _ number: Int) -> UnsafePointer<Builtin>? {
        methods[Int(kind.rawValue) &* stride &+ number]
    }
}
