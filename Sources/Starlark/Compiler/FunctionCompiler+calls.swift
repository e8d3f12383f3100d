import StarlarkSyntax

extension FunctionCompiler {
    /// What is called.
    enum Callee {
        /// The value of a register.
        case register(Int)
        /// The value of a module slot.
        case global(Int)
        /// An attribute of the value in a register that stands right before the arguments.
        case method(receiver: Int, Symbol)
    }

    /// r[target] = callee(arguments).
    mutating func compileCall(
        _ callee: Callee, _ arguments: NodeList<Argument>, into target: Int, _ position: UInt32
    ) throws(StarlarkError) {
        var count = 0
        var symbols: [Symbol] = []
        for argument in tree[arguments] {
            switch argument.kind {
            case .positional: count += 1
            case .named(let symbol): symbols.append(symbol)
            case .star, .doubleStar: count = .max >> 1
            }
        }
        guard count <= 255 else {
            try compileSpread(callee, arguments, into: target, position)
            return
        }
        let base = try allocate(Int(arguments.count))
        for (index, argument) in tree[arguments].enumerated() {
            let mark = registersInUse
            try compile(argument.value, into: base + index)
            release(to: mark)
        }
        let names = symbols.isEmpty ? -1 : constant(try program.names(symbols))
        try emitCall(callee, UInt8(count), base, names, into: target, position)
    }

    private mutating func emitCall(
        _ callee: Callee, _ count: UInt8, _ base: Int, _ names: Int, into target: Int, _ position: UInt32
    ) throws(StarlarkError) {
        switch callee {
        case .register(let function):
            emit(Instruction(names < 0 ? .call : .callNamed, flag: count, a: target, b: base, c: function), position)
            if names >= 0 { emit(Instruction(.callNamed, wide: names), position) }
        case .global(let number):
            emit(
                Instruction(names < 0 ? .callGlobal : .callGlobalNamed, flag: count, a: target, b: base, c: number),
                position)
            if names >= 0 { emit(Instruction(.callGlobalNamed, wide: names), position) }
        case .method(let receiver, let symbol):
            let name = try nameConstant(symbol)
            emit(Instruction(.callMethod, flag: count, a: target, b: receiver, c: name), position)
            emit(Instruction(.callMethod, a: methodNumber(symbol), wide: names), position)
        }
    }

    /// `left.attribute(arguments)`.
    mutating func compileMethodCall(
        _ attribute: ExpressionID, _ call: ExpressionID, _ left: Int, into target: Int
    ) throws(StarlarkError) {
        guard case .attribute(_, let symbol) = tree[attribute], case .call(_, let arguments) = tree[call] else {
            return
        }
        // The receiver must stand right before the arguments.
        var receiver = left
        if left < localCount || left != registersInUse - 1 {
            receiver = try allocate()
            emit(Instruction(.move, a: receiver, b: left), tree.position(of: attribute))
        }
        try compileCall(.method(receiver: receiver, symbol), arguments, into: target, tree.position(of: call))
    }

    /// A call with `*` or `**`, or with very many arguments.
    private mutating func compileSpread(
        _ callee: Callee, _ arguments: NodeList<Argument>, into target: Int, _ position: UInt32
    ) throws(StarlarkError) {
        let function = try allocate()
        switch callee {
        case .register(let register): emit(Instruction(.move, a: function, b: register), position)
        case .global(let number): emit(Instruction(.global, a: function, wide: number), position)
        case .method(let receiver, let symbol): try compileAttribute(receiver, symbol, into: function, position)
        }
        var groups = CallGroups(tree[arguments])
        var listed: [ExpressionID] = []
        if groups.positional.count > 255 {
            // All positional arguments go through one list, then `*args` is added to it.
            listed = groups.positional
            groups.positional = []
        }
        let hasStar = groups.star != nil || !listed.isEmpty
        let count =
            groups.positional.count + groups.named.count + (hasStar ? 1 : 0) + (groups.doubleStar == nil ? 0 : 1)
        let base = try allocate(count)
        var next = base
        for value in groups.positional + groups.named.map(\.value) {
            try compileArgument(value, into: next)
            next += 1
        }
        if hasStar {
            try compileStar(listed, groups.star, into: next, position)
            next += 1
        }
        if let doubleStar = groups.doubleStar { try compileArgument(doubleStar, into: next) }
        let names = groups.named.isEmpty ? -1 : constant(try program.names(groups.named.map(\.symbol)))
        let spread: UInt8 = (hasStar ? 1 : 0) | (groups.doubleStar == nil ? 0 : 2)
        emit(
            Instruction(.callSpread, flag: UInt8(groups.positional.count), a: target, b: base, c: function), position)
        emit(Instruction(.callSpread, flag: spread, wide: names), position)
    }

    private mutating func compileArgument(_ value: ExpressionID, into target: Int) throws(StarlarkError) {
        let mark = registersInUse
        try compile(value, into: target)
        release(to: mark)
    }

    private mutating func compileStar(
        _ listed: [ExpressionID], _ star: ExpressionID?, into target: Int, _ position: UInt32
    ) throws(StarlarkError) {
        guard !listed.isEmpty else {
            if let star { try compileArgument(star, into: target) }
            return
        }
        try compileList(listed, into: target, position)
        guard let star else { return }
        let mark = registersInUse
        let register = try operand(star)
        emit(Instruction(.addInPlace, a: target, b: target, c: register), position)
        release(to: mark)
    }

    /// The arguments of a call, sorted by kind.
    private struct CallGroups {
        var positional: [ExpressionID] = []
        var named: [(symbol: Symbol, value: ExpressionID)] = []
        var star: ExpressionID?
        var doubleStar: ExpressionID?

        init(_ arguments: some Sequence<Argument>) {
            for argument in arguments {
                switch argument.kind {
                case .positional: positional.append(argument.value)
                case .named(let symbol): named.append((symbol, argument.value))
                case .star: star = argument.value
                case .doubleStar: doubleStar = argument.value
                }
            }
        }
    }
}
