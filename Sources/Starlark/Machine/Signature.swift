/// The parameters of a builtin that takes arguments by name: at most eight.
struct Signature: Sendable {
    let function: StaticString
    let names: [StaticString]
    /// How many of them, from the first, must be given.
    let required: Int
    /// How many of them, from the first, cannot be given by name.
    let positionalOnly: Int

    init(_ function: StaticString, _ names: [StaticString], required: Int, positionalOnly: Int = 0) {
        precondition(names.count <= BoundArguments.countMax)
        self.function = function
        self.names = names
        self.required = required
        self.positionalOnly = positionalOnly
    }

    /// Sorts the arguments of a call into the parameters; those not given are unbound.
    func bind(_ arguments: Arguments) throws(StarlarkError) -> BoundArguments {
        var bound = BoundArguments()
        guard arguments.count <= names.count else {
            throw StarlarkError(
                .evaluation, "\(function): got \(arguments.count) arguments, want at most \(names.count)")
        }
        for index in 0..<arguments.count { bound[index] = arguments[index] }
        for index in 0..<arguments.namedCount {
            let (name, value) = arguments.named(index)
            guard let place = names.firstIndex(where: { Signature.matches($0, name) }), place >= positionalOnly else {
                throw unexpected(name)
            }
            guard bound[place].isUnbound else {
                throw StarlarkError(
                    .evaluation, "\(function): got multiple values for keyword argument \(name.swiftString)")
            }
            bound[place] = value
        }
        for index in 0..<required where bound[index].isUnbound {
            throw StarlarkError(.evaluation, "\(function): missing argument for \(names[index])")
        }
        return bound
    }

    private func unexpected(_ name: Value) -> StarlarkError {
        StarlarkError(
            .evaluation, "\(function): unexpected keyword argument \(name.swiftString)",
            suggestion: Spelling.suggestion(for: name.swiftString, among: names.map { "\($0)" }))
    }

    private static func matches(_ name: StaticString, _ value: Value) -> Bool {
        let bytes = value.bytes
        guard bytes.count == name.utf8CodeUnitCount, let base = bytes.baseAddress else { return false }
        return ByteCompare.equal(name.utf8Start, base, bytes.count)
    }
}
