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
    let attributeNames: @Sendable (NativeObject) -> [String]

    /// `x.name = value`; nil for a type whose values have no such assignment.
    let setAttribute: (@Sendable (Machine, Value, String, Value) throws(StarlarkError) -> Void)?

    /// The element of that number, counted from 0, unbound after the last; nil for a type that is not iterable.
    let element: (@Sendable (Machine, NativeObject, Int) throws(StarlarkError) -> Value)?

    /// The values that an object refers to.
    let parts: @Sendable (NativeObject) -> [Value]

    /// `left op right` where one of the two is of this type; nil when the operator is not supported.
    let binary: @Sendable (Machine, BinaryOperation, Value, Value) throws(StarlarkError) -> Value?

    /// Whether the host made it; see ``HostType``.
    let isHosts: Bool

    init(
        name: String, isHosts: Bool = false,
        text: @escaping @Sendable (NativeObject) -> String,
        isTrue: @escaping @Sendable (NativeObject) -> Bool = { _ in true },
        equal: @escaping @Sendable (NativeObject, NativeObject) -> Bool,
        order: (@Sendable (NativeObject, NativeObject) -> Int)? = nil,
        hash: (@Sendable (NativeObject) -> UInt64)? = nil,
        attributeNames: @escaping @Sendable (NativeObject) -> [String] = { _ in [] },
        attribute: @escaping @Sendable (Machine, Value, String) throws(StarlarkError) -> Value? = { _, _, _ in nil },
        binary: @escaping @Sendable (Machine, BinaryOperation, Value, Value) throws(StarlarkError) -> Value? = {
            _, _, _, _ in nil
        },
        setAttribute: (@Sendable (Machine, Value, String, Value) throws(StarlarkError) -> Void)? = nil,
        element: (@Sendable (Machine, NativeObject, Int) throws(StarlarkError) -> Value)? = nil,
        parts: @escaping @Sendable (NativeObject) -> [Value] = { _ in [] }
    ) {
        self.name = name
        self.isHosts = isHosts
        self.text = text
        self.isTrue = isTrue
        self.equal = equal
        self.order = order
        self.hash = hash
        self.attributeNames = attributeNames
        self.attribute = attribute
        self.binary = binary
        self.setAttribute = setAttribute
        self.element = element
        self.parts = parts
    }
}
