/// A type of the host's own: what programs can do with its objects.
///
/// Each object has fields, a table of names that is frozen with it. It is equal to itself only, may be a key, counts
/// as true and prints as the type's name. The closures run on the thread of the evaluation; what they throw ends it.
public final class HostType: Sendable {
    /// Gives an attribute; nil when there is none.
    public typealias Attribute = @Sendable (HostObject, String) throws -> HostValue?
    /// Carries out `object.name = value`; false when there is no such attribute.
    public typealias Assignment = @Sendable (HostObject, String, ValueReference) throws -> Bool
    /// Gives the element of that number, counted from 0; nil after the last.
    public typealias Element = @Sendable (HostObject, Int) throws -> HostValue?
    /// Carries out an operator such as `+` with another value, which stands to the right unless `isLeft` is false; nil
    /// when the type does not have it.
    public typealias Operation =
        @Sendable (
            _ object: HostObject, _ operation: String, _ other: ValueReference, _ isLeft: Bool
        ) throws -> HostValue?

    /// What `type(x)` returns.
    public let name: String

    /// Kept alive by every heap that has objects of this type.
    let native: NativeType

    /// Describes a type.
    ///
    /// - Parameters:
    ///   - name: What `type(x)` returns.
    ///   - attribute: Reads an attribute; by default the fields are the attributes.
    ///   - assignment: Assigns to an attribute; nil refuses it.
    ///   - element: Gives what a loop runs over; nil when loops cannot.
    ///   - operation: Carries out binary operators; nil when there are none.
    public init(
        _ name: String, attribute: @escaping Attribute = { object, name in object.field(name).map { .reference($0) } },
        assignment: Assignment? = nil, element: Element? = nil, operation: Operation? = nil
    ) {
        self.name = name
        native = NativeType(
            name: name, isHosts: true, text: { _ in name }, equal: { $0.first == $1.first },
            hash: { UInt64(UInt(bitPattern: $0.first)) }, attributeNames: { HostObject.fieldNames($0) },
            attribute: HostType.reading(attribute),
            binary: HostType.operating(operation ?? { _, _, _, _ in nil }),
            setAttribute: assignment.map(HostType.assigning),
            element: element.map(HostType.iterating),
            parts: { [HostObject.fields($0)] })
    }

    private static func reading(
        _ attribute: @escaping Attribute
    ) -> @Sendable (Machine, Value, String) throws(StarlarkError) -> Value? {
        { (machine, value, name) throws(StarlarkError) in
            try machine.value { try attribute(HostObject(value, machine), name) }
        }
    }

    private static func assigning(
        _ assignment: @escaping Assignment
    ) -> @Sendable (Machine, Value, String, Value) throws(StarlarkError) -> Void {
        { (machine, value, name, new) throws(StarlarkError) in
            let result = try machine.value {
                .bool(try assignment(HostObject(value, machine), name, machine.evaluation.reference(new)))
            }
            guard result?.isTrue == true else {
                throw StarlarkError(
                    .evaluation, "\(value.typeName) has no .\(name) field to set",
                    suggestion: Spelling.suggestion(for: name, among: machine.attributeNames(value), prefix: "."))
            }
        }
    }

    private static func iterating(
        _ element: @escaping Element
    ) -> @Sendable (Machine, NativeObject, Int) throws(StarlarkError) -> Value {
        { (machine, native, index) throws(StarlarkError) in
            try machine.value { try element(HostObject(native, machine), index) } ?? .unbound
        }
    }

    private static func operating(
        _ operation: @escaping Operation
    ) -> @Sendable (Machine, BinaryOperation, Value, Value) throws(StarlarkError) -> Value? {
        { (machine, kind, left, right) throws(StarlarkError) in
            // Of two objects of host types the left one is asked.
            let isLeft = left.kind == .native && left.native.type.takeUnretainedValue().isHosts
            let object = HostObject(isLeft ? left : right, machine)
            let other = machine.evaluation.reference(isLeft ? right : left)
            let result = try machine.value { try operation(object, kind.text, other, isLeft) }
            guard let result, result.isObject(.integer) else { return result }
            // One that something else refers to, too; but the next operator may take the room of what this one made.
            return try machine.heap.copy(integer: result)
        }
    }
}

extension Machine {
    /// What the host's code returns, as a value of this evaluation.
    fileprivate func value(_ body: () throws -> HostValue?) throws(StarlarkError) -> Value? {
        do {
            guard let result = try body() else { return nil }
            return try evaluation.convert(result)
        } catch let error as StarlarkError {
            throw error
        } catch {
            throw StarlarkError(.host, "\(error)", cause: error)
        }
    }
}
