/// Finds what a program that is running can no longer reach, and gives the memory back to its heap.
///
/// Nothing moves. What is in use is everything that can be reached from the registers of all calls, their functions and
/// the module of those. Registers also hold words that are no values, such as the state of loops, and values that are
/// no longer needed; so a word of a register counts as a value when an object starts where it points, and nothing
/// that is not a value is ever followed. Objects that are being built, and values in variables of Swift code, are in
/// no register: `MachineCore.mayCollect` tells when there are none.
///
/// The work is bounded: a heap of which much is in use is left as it is, and looked at again when it is much larger.
struct Collector {
    private let machine: Machine
    private let state: UnsafeMutablePointer<HeapState>
    private var map: HeapMap
    /// Objects in use whose parts have not been looked at.
    private var pending: WorkStack<Value>
    /// Bytes found to be in use.
    private var kept = 0
    private let keptMax: Int
    /// Whether so much is in use that freeing the rest does not pay.
    private var isGivenUp = false

    /// The most that is looked at, which takes some ten milliseconds; less while the limit is far.
    private static let keptMax = 16 << 20

    private init(_ machine: Machine, _ map: HeapMap) {
        self.machine = machine
        state = machine.heap.state
        self.map = map
        pending = WorkStack(machine)
        let used = state.pointee.used
        let isNearLimit = used > state.pointee.limit / 2
        keptMax = isNearLimit ? Collector.keptMax : min(Collector.keptMax / 4, used / 8)
    }

    /// Collects; the callee of a call that is about to be made is in use, too.
    static func collect(_ machine: Machine, _ callee: Value) {
        let state = machine.heap.state
        guard let map = HeapMap(state) else {
            state.pointee.postponeCollection(bytes: 0)
            return
        }
        var collector = Collector(machine, map)
        collector.markRoots(callee)
        while !collector.pending.isEmpty, !collector.isGivenUp {
            let value = collector.pending.last.pointee
            collector.pending.pop()
            collector.markParts(of: value)
        }
        collector.pending.free()
        // The time of a collection grows with what is kept, and a little with the whole heap.
        let used = state.pointee.used
        if collector.isGivenUp {
            for region in map.regions { region.block?.pointee.isMarked = false }
            let remaining = state.pointee.limit - used
            state.pointee.postponeCollection(bytes: min(used * 8, max(remaining / 2, collector.kept)))
        } else {
            state.pointee.sweep(map)
            state.pointee.postponeCollection(bytes: max(collector.kept * 2, used / 16))
        }
        map.free()
    }

    private mutating func markRoots(_ callee: Value) {
        mark(callee)
        for index in 0..<machine.core.pointee.frameCount {
            let frame = machine.core.pointee.frames[index]
            mark(Value(object: UnsafeMutableRawPointer(frame.function)))
            let count = frame.code.pointee.registerCount
            kept += count * MemoryLayout<Value>.stride
            if kept > keptMax { isGivenUp = true }
            if isGivenUp { return }
            mark(UnsafeBufferPointer(start: frame.registers, count: count))
        }
    }

    private mutating func mark(_ values: UnsafeBufferPointer<Value>) {
        for value in values {
            if isGivenUp { return }
            mark(value)
        }
    }

    @inline(__always)
    private mutating func mark(_ value: Value) {
        if value.isObject { mark(object: value) }
    }

    /// Marks the object that a word refers to, if it refers to one of this heap.
    @inline(never)
    private mutating func mark(object value: Value) {
        guard let region = map.region(of: value.raw), region.pointee.isStart(value.raw),
            !region.pointee.isLive(value.raw)
        else { return }
        switch value.kind {
        case .integer: keep(value, IntegerObject.limbsOffset + value.bigInteger.pointee.count * 8, region)
        case .string, .bytes: keep(text: value, region)
        case .float: keep(value, MemoryLayout<FloatObject>.size, region)
        case .range: keep(value, MemoryLayout<RangeObject>.size, region)
        case .builtin: keep(value, MemoryLayout<BuiltinObject>.size, region)
        case .tuple: keepLater(value, TupleObject.itemsOffset + value.tupleItems.count * 8, region)
        case .list: keepLater(value, MemoryLayout<ListObject>.size, region)
        case .dict, .set: keepLater(value, MemoryLayout<DictObject>.size, region)
        case .function:
            let cells = value.function.pointee.code.pointee.captures.count
            keepLater(value, FunctionObject.cellsOffset + cells * 8, region)
        case .boundMethod: keepLater(value, MemoryLayout<BoundMethodObject>.size, region)
        case .structure, .record:
            keepLater(value, StructureObject.itemsOffset + value.structureItems.count * 8, region)
        case .view: keepLater(value, MemoryLayout<ViewObject>.size, region)
        case .native: keepLater(value, MemoryLayout<NativeObject>.size, region)
        case .cell: keepLater(value, MemoryLayout<CellObject>.size, region)
        case .names: keepLater(value, NamesObject.itemsOffset + value.names.pointee.count * (8 + 4), region)
        case .none, .bool: break
        }
    }

    private mutating func keep(_ value: Value, _ bytes: Int, _ region: UnsafePointer<HeapRegion>) {
        kept += region.pointee.keep(value.raw, bytes: bytes)
        if kept > keptMax { isGivenUp = true }
    }

    private mutating func keepLater(_ value: Value, _ bytes: Int, _ region: UnsafePointer<HeapRegion>) {
        keep(value, bytes, region)
        do throws(StarlarkError) { try pending.push(value) } catch { isGivenUp = true }
    }

    /// A string, and its bytes wherever they are.
    private mutating func keep(text value: Value, _ region: UnsafePointer<HeapRegion>) {
        let text = value.string
        if UInt(bitPattern: text.bytes) == value.raw + UInt(StringObject.inlineOffset) {
            return keep(value, StringObject.inlineOffset + text.count, region)
        }
        keep(value, MemoryLayout<StringObject>.size, region)
        guard text.header.flags & StringObject.isGrowable != 0 else { return keep(text.bytes, bytes: text.count) }
        // A longer string may yet be made behind the bytes.
        let start = UnsafeRawPointer(text.bytes) - GrowthBuffer.size
        let buffer = start.assumingMemoryBound(to: GrowthBuffer.self)
        keep(start, bytes: GrowthBuffer.size + buffer.pointee.capacity)
    }

    /// Storage, if it is this heap's.
    private mutating func keep(_ storage: UnsafeRawPointer, bytes: Int) {
        let address = UInt(bitPattern: storage)
        guard bytes > 0, let region = map.region(of: address) else { return }
        kept += region.pointee.keep(address, bytes: bytes)
        if kept > keptMax { isGivenUp = true }
    }

    private mutating func keep(_ storage: UnsafeRawBufferPointer) {
        if let base = storage.baseAddress { keep(base, bytes: storage.count) }
    }

    private mutating func markParts(of value: Value) {
        switch value.kind {
        case .tuple: mark(value.tupleItems)
        case .list:
            keep(value.list.pointee.items, bytes: value.list.pointee.capacity * MemoryLayout<Value>.stride)
            mark(value.listItems)
        case .dict, .set: markEntries(of: value.dict.pointee.table)
        case .function: markParts(of: value.function)
        case .boundMethod: mark(value.boundMethod.receiver)
        case .structure, .record:
            mark(value.structure.pointee.constructor)
            mark(value.structure.pointee.names)
            mark(value.structure.pointee.settable)
            mark(value.structureItems)
        case .view: mark(value.view.source)
        case .native:
            for part in value.native.type.takeUnretainedValue().parts(value.native) { mark(part) }
        case .cell: mark(value.cell.pointee.value)
        case .names:
            mark(value.names.pointee.sorted)
            mark(UnsafeBufferPointer(start: NamesObject.items(value.names), count: value.names.pointee.count))
        case .none, .bool, .integer, .float, .string, .bytes, .range, .builtin: break
        }
    }

    private mutating func mark(_ names: UnsafeMutablePointer<NamesObject>?) {
        if let names { mark(Value(object: UnsafeMutableRawPointer(names))) }
    }

    private mutating func markEntries(of table: Table) {
        keep(table.entryStorage)
        keep(table.indexStorage)
        for place in 0..<table.places {
            if isGivenUp { return }
            mark(table.entries[place].key)
            mark(table.entries[place].value)
        }
    }

    private mutating func markParts(of function: UnsafeMutablePointer<FunctionObject>) {
        let code = function.pointee.code
        mark(UnsafeBufferPointer(start: FunctionObject.cells(function), count: code.pointee.captures.count))
        if let defaults = function.pointee.defaults {
            let values = UnsafeBufferPointer(start: defaults, count: code.pointee.parameterCount)
            keep(UnsafeRawBufferPointer(values))
            mark(values)
        }
        markModule(function.pointee.module)
    }

    /// The variables of a module that is being run in this heap.
    private mutating func markModule(_ module: UnsafeMutablePointer<ModuleState>) {
        let address = UInt(bitPattern: module)
        guard let region = map.region(of: address), !region.pointee.isLive(address) else { return }
        kept += region.pointee.keep(address, bytes: MemoryLayout<ModuleState>.size)
        let program = module.pointee.program.takeUnretainedValue()
        let values = UnsafeBufferPointer(
            start: module.pointee.globals, count: program.globals.count + program.borrowed.count)
        keep(UnsafeRawBufferPointer(values))
        mark(values)
    }
}
