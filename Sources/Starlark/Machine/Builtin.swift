/// A function or method written in Swift.
struct Builtin: Sendable {
    /// Called with the machine, the receiver (unbound for a function that is no method) and the arguments.
    typealias Body = @Sendable (Machine, Value, Arguments) throws(StarlarkError) -> Value

    /// Its name, also in messages.
    let name: String

    let body: Body

    init(_ name: String, _ body: @escaping Body) {
        self.name = name
        self.body = body
    }
}
