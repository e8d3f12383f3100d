/// A type written in Swift, such as a time: what its values of two words can do.
///
/// Instances are made once and never freed (`static let`), because values refer to them unretained.
final class NativeType: Sendable {
    /// What `type(x)` returns.
    let name: String

    /// What `str(x)` and `repr(x)` return.
    let text: @Sendable (NativeObject) -> String

    let isTrue: @Sendable (NativeObject) -> Bool

    let equal: @Sendable (NativeObject, NativeObject) -> Bool

    /// Negative, zero or positive; nil for a type without order.
    let order: (@Sendable (NativeObject, NativeObject) -> Int)?

    /// Nil for a type whose values are no keys.
    let hash: (@Sendable (NativeObject) -> UInt64)?

    /// The attribute of that name, or nil.
    let attribute: @Sendable (Machine, Value, String) throws(StarlarkError) -> Value?

    /// The names `dir(x)` lists, sorted.
    let attributeNames: [String]

    /// `left op right` where one of the two is of this type; nil when the operator is not supported.
    let binary: @Sendable (Machine, BinaryOperation, Value, Value) throws(StarlarkError) -> Value?

    init(
        name: String,
        text: @escaping @Sendable (NativeObject) -> String,
        isTrue: @escaping @Sendable (NativeObject) -> Bool = { _ in true },
        equal: @escaping @Sendable (NativeObject, NativeObject) -> Bool,
        order: (@Sendable (NativeObject, NativeObject) -> Int)? = nil,
        hash: (@Sendable (NativeObject) -> UInt64)? = nil,
        attributeNames: [String] = [],
        attribute: @escaping @Sendable (Machine, Value, String) throws(StarlarkError) -> Value? = { _, _, _ in nil },
        binary: @escaping @Sendable (Machine, BinaryOperation, Value, Value) throws(StarlarkError) -> Value? = {
            _, _, _, _ in nil
        }
    ) {
        self.name = name
        self.text = text
        self.isTrue = isTrue
        self.equal = equal
        self.order = order
        self.hash = hash
        self.attributeNames = attributeNames
        self.attribute = attribute
        self.binary = binary
    }
}
