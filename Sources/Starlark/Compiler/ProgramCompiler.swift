import BigInt
import StarlarkSyntax

/// Compiles a resolved file: keeps what its functions share.
final class ProgramCompiler {
    let resolved: ResolvedProgram
    let allocator: Allocator
    let tree: SyntaxTree
    private var symbols: [Value]
    private var pool: StringPool
    private(set) var loads: [ProgramLoad] = []
    /// Whether the top level returns the value of an expression it ends with.
    let answers: Bool

    init(_ resolved: ResolvedProgram, _ allocator: Allocator, answers: Bool = false) {
        self.resolved = resolved
        self.answers = answers
        tree = resolved.tree
        self.allocator = allocator
        pool = StringPool(allocator)
        symbols = Array(repeating: .unbound, count: resolved.tree.symbolCount)
    }

    /// The code of a function and of those in it.
    func compile(_ id: FunctionID) throws(StarlarkError) -> UnsafePointer<FunctionCode> {
        var compiler = FunctionCompiler(self, id, jumpsWide: false)
        try compiler.compileBody()
        do {
            try compiler.resolveJumps()
            return try compiler.finish()
        } catch let error as StarlarkError {
            throw error
        } catch {
            return try compileWide(id)
        }
    }

    private func compileWide(_ id: FunctionID) throws(StarlarkError) -> UnsafePointer<FunctionCode> {
        var compiler = FunctionCompiler(self, id, jumpsWide: true)
        try compiler.compileBody()
        do {
            try compiler.resolveJumps()
        } catch {
            throw tooLarge("function is too long", at: tree[id].position)
        }
        return try compiler.finish()
    }

    /// Notes a load statement; returns its number.
    func addLoad(_ id: LoadID) throws(StarlarkError) -> Int {
        let syntax = tree[id]
        var items: [ProgramLoad.Item] = []
        for item in tree[syntax.items] {
            items.append(
                ProgramLoad.Item(
                    slot: Int(resolved[item.local].index), name: tree.text(of: item.exported),
                    position: item.exportedPosition))
        }
        let request = LoadRequest(
            module: tree.string(of: syntax.module), names: items.map(\.name), importer: tree.source.name,
            location: tree.source.location(at: syntax.modulePosition))
        loads.append(ProgramLoad(request: request, items: items))
        return loads.count - 1
    }

    func tooLarge(_ message: String, at position: UInt32) -> StarlarkError {
        let location = tree.source.location(at: position)
        let frame = StackFrame(
            function: "<toplevel>", location: location, line: tree.source.excerpt(ofLine: location.line))
        return StarlarkError(.syntax, message, frames: [frame])
    }

    /// Reading digits takes time in the square of their number.
    private static let digitsMax = 20_000

    // MARK: Constants

    /// An identifier as a string.
    func string(_ symbol: Symbol) throws(StarlarkError) -> Value {
        let known = symbols[symbol.index]
        if !known.isUnbound { return known }
        let value = try string(tree.text(of: symbol))
        symbols[symbol.index] = value
        return value
    }

    /// A text as a string.
    func string(_ text: String) throws(StarlarkError) -> Value {
        var text = text
        let result: Result<Value, StarlarkError> = text.withUTF8 { bytes in
            Result { () throws(StarlarkError) in try pool.string(bytes) }
        }
        return try result.get()
    }

    /// A string literal.
    func string(_ text: TextID) throws(StarlarkError) -> Value {
        let result: Result<Value, StarlarkError> = tree.bytes(of: text).withUnsafeBufferPointer { bytes in
            Result { () throws(StarlarkError) in
                bytes.count > StringPool.sharedBytesMax ? try allocator.string(bytes) : try pool.string(bytes)
            }
        }
        return try result.get()
    }

    /// The value of a literal (number, string, bytes, None, True, False, tuple of such), or nil for any other
    /// expression.
    func literal(_ id: ExpressionID) throws(StarlarkError) -> Value? {
        switch tree[id] {
        case .integer(let number): return try allocator.integer(Int(number))
        case .bigInteger(let id): return try bigInteger(tree[id], isNegative: false)
        case .float(let number): return try allocator.float(number)
        case .string(let text): return try string(text)
        case .bytes(let text): return try allocator.string(Array(tree.bytes(of: text)), kind: .bytes)
        case .name(let name): return singleton(name)
        case .unary(.minus, let operand): return try negated(operand)
        case .tuple(let items): return try tuple(items)
        default: return nil
        }
    }

    private func singleton(_ name: NameID) -> Value? {
        let binding = resolved[name]
        guard binding.scope == .universal else { return nil }
        return switch tree.text(of: name) {
        case "None": Value.none
        case "True": Value.true
        case "False": Value.false
        default: nil
        }
    }

    private func negated(_ operand: ExpressionID) throws(StarlarkError) -> Value? {
        switch tree[operand] {
        case .integer(let number):
            if number == .min {
                return try allocator.integer(negative: false, magnitude: [number.magnitude].map(UInt.init))
            }
            return try allocator.integer(Int(-number))
        case .bigInteger(let id): return try bigInteger(tree[id], isNegative: true)
        case .float(let number): return try allocator.float(-number)
        default: return nil
        }
    }

    private func bigInteger(_ literal: BigIntegerLiteral, isNegative: Bool) throws(StarlarkError) -> Value {
        guard literal.digits.count <= ProgramCompiler.digitsMax else {
            throw StarlarkError(
                .syntax,
                "int literal has \(literal.digits.count) digits, at most \(ProgramCompiler.digitsMax) are allowed")
        }
        let digits = String(decoding: literal.digits, as: UTF8.self)
        guard let magnitude = BigUInt(digits, radix: literal.radix) else {
            throw StarlarkError(.syntax, "invalid int literal \(digits)")
        }
        return try allocator.integer(negative: isNegative, magnitude: Array(magnitude.words))
    }

    private func tuple(_ items: NodeList<ExpressionID>) throws(StarlarkError) -> Value? {
        var values: [Value] = []
        for item in tree[items] {
            guard let value = try literal(item) else { return nil }
            values.append(value)
        }
        return try allocator.tuple(values)
    }

    /// The names of a call's keyword arguments as a constant, prepared for `struct(…)`.
    func names(_ symbols: [Symbol]) throws(StarlarkError) -> Value {
        var values: [Value] = []
        for symbol in symbols { values.append(try string(symbol)) }
        return Value(object: UnsafeMutableRawPointer(try allocator.names(values)))
    }
}
