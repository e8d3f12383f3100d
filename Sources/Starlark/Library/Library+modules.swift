extension Library {
    /// The modules that a host may hand out.
    static func modules(_ allocator: Allocator) -> [LibraryModule: Value] {
        var modules: [LibraryModule: Value] = [:]
        modules[.json] = try? module("json", JSONModule.functions, [], allocator)
        modules[.math] = try? module(
            "math", MathModule.functions, constants(MathModule.constants, allocator), allocator)
        modules[.time] = try? module("time", TimeModule.functions, durations(allocator), allocator)
        modules[.structure] = try? allocator.builtin(immortal(Builtin("struct", StructureFunction.make)))
        return modules
    }

    private static func constants(
        _ numbers: [(String, Double)], _ allocator: Allocator
    ) throws(StarlarkError) -> [(String, Value)] {
        var members: [(String, Value)] = []
        for (name, number) in numbers { members.append((name, try allocator.float(number))) }
        return members
    }

    private static func durations(_ allocator: Allocator) throws(StarlarkError) -> [(String, Value)] {
        var members: [(String, Value)] = []
        for (name, nanoseconds) in TimeModule.durations {
            members.append((name, try allocator.native(DurationType.type, first: nanoseconds)))
        }
        return members
    }

    /// A record with functions and constants.
    private static func module(
        _ name: String, _ functions: [Builtin], _ constants: [(String, Value)], _ allocator: Allocator
    ) throws(StarlarkError) -> Value {
        var members = constants
        for function in functions { members.append((function.name, try allocator.builtin(immortal(function)))) }
        members.sort { $0.0 < $1.0 }
        var texts: [Value] = []
        for (name, _) in members { texts.append(try allocator.string(name)) }
        let names = try allocator.names(texts)
        let size = try allocator.byteCount(members.count, of: MemoryLayout<Value>.stride)
        let place = try allocator.allocate(StructureObject.itemsOffset + size)
        let record = place.bindMemory(to: StructureObject.self, capacity: 1)
        record.initialize(
            to: StructureObject(
                header: ObjectHeader(.record), names: names,
                constructor: try allocator.tuple(allocator.string("module"), allocator.string(name)),
                owner: allocator.state, settable: nil))
        for (index, member) in members.enumerated() {
            (StructureObject.items(record) + index).initialize(to: member.1)
        }
        return Value(object: place)
    }
}
