extension Machine {
    /// The evaluation this machine belongs to.
    var evaluation: Evaluation { core.pointee.evaluation.takeUnretainedValue() }

    /// Carries out a load statement.
    func load(_ number: Int, into globals: UnsafeMutablePointer<Value>) throws(StarlarkError) {
        let frame = core.pointee.frames[core.pointee.frameCount - 1]
        let program = frame.function.pointee.module.pointee.program.takeUnretainedValue()
        let load = program.loadTable[number]
        let module = try evaluation.load(load.request)
        evaluation.heap.retain(module.heap)
        for item in load.items {
            guard let value = module.value(item.name) else {
                throw StarlarkError(
                    .load, "load: name \(item.name) not found in module \(load.request.module)",
                    suggestion: Spelling.suggestion(for: item.name, among: module.globalNames))
            }
            globals[item.slot] = value
        }
    }
}
