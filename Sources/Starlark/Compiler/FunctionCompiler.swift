import StarlarkSyntax

/// Compiles one function (or the top level) to code.
///
/// Registers: the local slots first, then a stack of temporaries. The operands of a call are always the topmost
/// temporaries, because the callee's registers start there.
struct FunctionCompiler {
    let program: ProgramCompiler
    let id: FunctionID
    let resolved: ResolvedFunction
    let localCount: Int

    private(set) var instructions: [Instruction] = []
    private(set) var constants = WordTable()
    private(set) var positions: [CodePosition] = []
    private(set) var loops: [CodeLoop] = []
    private(set) var functions: [UnsafePointer<FunctionCode>] = []
    private var labels: [Int] = []
    private var patches: [(instruction: Int, label: Label, isNear: Bool)] = []

    /// Local slots that are read where they may be unbound.
    var slotsRead: Set<Int> = []

    /// The loops around the current statement.
    var openLoops: [OpenLoop] = []
    private(set) var registersInUse: Int
    private(set) var registerCount: Int

    /// Set for a second try, when a jump was too far for 16 bits.
    let jumpsWide: Bool

    /// A loop around the statement being compiled.
    struct OpenLoop {
        let next: Label
        let exit: Label
        /// The iterator to close when the loop is left; nil for `while` and ranges.
        let iterator: Int?
    }

    init(_ program: ProgramCompiler, _ id: FunctionID, jumpsWide: Bool) {
        self.program = program
        self.id = id
        self.jumpsWide = jumpsWide
        resolved = program.resolved[id]
        localCount = resolved.locals.count
        registersInUse = localCount
        registerCount = localCount
    }

    var tree: SyntaxTree {
        _read { yield program.tree }
    }

    // MARK: Emitting

    /// Appends an instruction; `position` is where errors of it are reported.
    mutating func emit(_ instruction: Instruction, _ position: UInt32) {
        if positions.last?.offset != position {
            positions.append(CodePosition(instruction: UInt32(instructions.count), offset: position))
        }
        instructions.append(instruction)
    }

    mutating func makeLabel() -> Label {
        labels.append(-1)
        return Label(index: labels.count - 1)
    }

    /// Puts a label here.
    mutating func place(_ label: Label) { labels[label.index] = instructions.count }

    /// Appends a jump whose distance is filled in at the end.
    mutating func emitJump(_ instruction: Instruction, to label: Label, isNear: Bool = false, _ position: UInt32) {
        patches.append((instructions.count, label, isNear))
        emit(instruction, position)
    }

    mutating func addLoop(from start: Int, register: Int) {
        loops.append(
            CodeLoop(
                start: UInt32(start), end: UInt32(instructions.count), register: UInt16(truncatingIfNeeded: register)))
    }

    mutating func addFunction(_ code: UnsafePointer<FunctionCode>) -> Int {
        functions.append(code)
        return functions.count - 1
    }

    /// Fills in the jumps.
    ///
    /// - Throws: `JumpTooFar` when one needs more than 16 bits.
    mutating func resolveJumps() throws(JumpTooFar) {
        for (index, label, isNear) in patches {
            let distance = labels[label.index] - index - 1
            let old = instructions[index]
            if isNear {
                guard Int16(exactly: distance) != nil else { throw JumpTooFar() }
                instructions[index] = Instruction(
                    old.opcode, flag: old.flag, a: Int(old.a), b: Int(old.b), c: distance)
            } else {
                instructions[index] = Instruction(old.opcode, flag: old.flag, a: Int(old.a), wide: distance)
            }
        }
    }

    /// Puts instructions before all others; jumps count from where they are, so they stay right.
    mutating func prepend(_ prologue: [Instruction]) {
        guard !prologue.isEmpty else { return }
        let shift = UInt32(prologue.count)
        instructions.insert(contentsOf: prologue, at: 0)
        for index in positions.indices.dropFirst() {
            positions[index] = CodePosition(
                instruction: positions[index].instruction + shift, offset: positions[index].offset)
        }
        loops = loops.map { CodeLoop(start: $0.start + shift, end: $0.end + shift, register: $0.register) }
    }

    struct JumpTooFar: Error {}

    // MARK: Registers

    /// Takes the next `count` temporaries.
    mutating func allocate(_ count: Int = 1) throws(StarlarkError) -> Int {
        let first = registersInUse
        registersInUse += count
        if registersInUse > registerCount {
            registerCount = registersInUse
            try checkRegisters()
        }
        return first
    }

    /// Refuses a function whose registers could not be numbered with sixteen bits.
    func checkRegisters() throws(StarlarkError) {
        guard registerCount <= FunctionCompiler.registersMax else {
            throw program.tooLarge("function needs too many variables", at: tree[id].position)
        }
    }

    private static let registersMax = 60_000

    /// Gives back every temporary from `mark` on.
    mutating func release(to mark: Int) { registersInUse = mark }

    // MARK: Constants

    /// The number of a constant; equal words share one.
    mutating func constant(_ value: Value) -> Int { constants.number(of: value.raw) }

    /// r[target] = value.
    mutating func load(_ value: Value, into target: Int, _ position: UInt32) {
        if value.isSmall, Int32(exactly: value.small) != nil {
            emit(Instruction(.small, a: target, wide: value.small), position)
        } else {
            emit(Instruction(.constant, a: target, wide: constant(value)), position)
        }
    }
}
