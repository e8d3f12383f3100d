/// A value of a type written in Swift: two words of payload, meaning given by the type.
struct NativeObject {
    let header: ObjectHeader
    let type: Unmanaged<NativeType>
    let first: Int
    let second: Int
}
