import Synchronization

/// The state of a `Machine`.
///
/// Lives behind a pointer, so that the loop reads and writes it without any checks. Every field must be of a type whose
/// size the compiler knows: one that is not makes it look up where the others are whenever they are used.
struct MachineCore {
    /// Where new objects go.
    var heap: Allocator

    /// Steps until the limits are looked at again; below zero they must be.
    var fuel = 0

    /// Steps allowed beyond `fuel`.
    var stepsLeft: Int
    /// How many steps one portion has: small enough to notice a cancel at once, large enough to cost nothing.
    #if STARLARK_SINGLE_CHUNKS
        static let portion = 64
    #else
        static let portion = 4096
    #endif
    let limits: EvaluationLimits
    private var deadline: Deadline?
    /// Stops what runs, from another thread.
    var cancellation: Cancellation?

    /// The methods of the builtin types: `library.method(kind, id)`.
    let library: MethodTable

    /// What `type` returns, by the kind's number.
    let typeNames = Library.shared.typeNames

    /// For the hashes of integers.
    let hashMultiplier = Hash.integerMultiplier

    /// The calls being executed, outermost first.
    var frames: UnsafeMutablePointer<Frame>
    var frameCount = 0
    var frameCapacity: Int

    /// Where the innermost Starlark call stands while Swift code that it called runs.
    var next: UnsafePointer<Instruction>?

    /// Registers of all calls, in segments.
    var stack: RegisterStack

    /// Registers above the innermost call that hold the arguments of a builtin: a callback's start after them.
    var stackFloor: UnsafeMutablePointer<Value>?

    /// How often Swift code called by the machine has called back into it.
    var nesting = 0

    /// Whether the host has called and the call has not ended.
    var isEntered = false
    /// Whether the outermost call is one of a Starlark function that the host made: see `mayCollect`.
    var isRooted = false

    /// Steps since the limits were looked at, when a collection waits for the loop.
    private var singleSteps = 0

    /// The lowest address of a frame that may call back; 0 while it was not looked up.
    private var stackLowest: UInt = 0

    /// So many callbacks inside each other need no look at the thread's stack.
    private static let nestingFree = 8

    /// The evaluation this belongs to.
    let evaluation: Unmanaged<Evaluation>

    init(heap: Allocator, limits: EvaluationLimits, cancellation: Cancellation?, evaluation: Unmanaged<Evaluation>) {
        self.heap = heap
        self.limits = limits
        self.cancellation = cancellation
        self.evaluation = evaluation
        stepsLeft = limits.stepsMax
        library = Library.shared.methods
        frameCapacity = max(1, min(32, limits.callDepthMax))
        frames = .allocate(capacity: frameCapacity)
        stack = RegisterStack()
    }

    mutating func free() {
        frames.deallocate()
        stack.free()
    }

    /// Starts a new budget; its time runs from `start`, or from now.
    mutating func reset(since start: ContinuousClock.Instant? = nil) {
        fuel = 0
        stepsLeft = limits.stepsMax
        deadline = limits.timeout.map { Deadline((start ?? .now).advanced(by: $0)) }
        let used = heap.state.pointee.used
        let (limit, overflow) = used.addingReportingOverflow(limits.bytesMax)
        heap.state.pointee.limit = overflow ? .max : limit
    }

    /// Checks the limits and takes the next portion of steps.
    mutating func refuel() throws(StarlarkError) {
        let debt = -fuel
        guard debt <= stepsLeft else {
            throw StarlarkError(.stepLimit, "too many steps: the limit is \(limits.stepsMax)")
        }
        stepsLeft -= debt
        if mayCollect, singleSteps < MachineCore.portion {
            // Step by step, so that the loop comes here as soon as it can.
            singleSteps += debt
            fuel = 0
            return
        }
        singleSteps = 0
        if let cancellation, cancellation.isCancelled { throw StarlarkError(.cancelled, "evaluation cancelled") }
        if let deadline, ContinuousClock.now >= deadline.instant {
            throw StarlarkError(.deadline, "evaluation took too long: the limit is \(limits.timeout ?? .zero)")
        }
        fuel = min(stepsLeft, MachineCore.portion)
        stepsLeft -= fuel
    }

    /// Makes the next step look at the limits, because the heap could be collected.
    ///
    /// Reads nothing of the heap, which is in the middle of something.
    mutating func hurry() {
        guard isRooted, nesting == 1, fuel > 0 else { return }
        stepsLeft += fuel
        fuel = 0
    }

    /// Whether a collection pays, and all that is in use can be found where the loop looks at its limits.
    ///
    /// That is so when no Swift code with values of its own is below the loop: neither a builtin that called back nor
    /// the host, which has no reference either.
    var mayCollect: Bool {
        isRooted && nesting == 1 && heap.state.pointee.isFull && !heap.state.pointee.isHeldOutside
            && !heap.state.pointee.isFrozen
    }

    /// Whether the thread has stack for one more callback.
    @inline(__always)
    mutating func hasStack() -> Bool {
        if nesting < MachineCore.nestingFree {
            // Another call may come on another thread.
            stackLowest = 0
            return true
        }
        return checkStack()
    }

    @inline(never)
    private mutating func checkStack() -> Bool {
        if stackLowest == 0 { stackLowest = ThreadStack.lowest() }
        return ThreadStack.reaches(above: stackLowest)
    }

    /// Makes room for one more frame.
    mutating func growFrames() throws(StarlarkError) {
        guard frameCount < limits.callDepthMax else {
            throw StarlarkError(
                .depthLimit, "Starlark stack overflow: the limit is \(limits.callDepthMax) nested calls")
        }
        let room = min(frameCapacity * 2, limits.callDepthMax)
        try heap.state.pointee.charge((room - frameCapacity) * MemoryLayout<Frame>.stride)
        let place = UnsafeMutablePointer<Frame>.allocate(capacity: room)
        place.update(from: frames, count: frameCount)
        frames.deallocate()
        frames = place
        frameCapacity = room
    }

    /// Moves to a segment with room for `count` registers, charging the memory if it is a new one.
    mutating func enterSegment(count: Int) throws(StarlarkError) -> UnsafeMutablePointer<Value> {
        let size = stack.newSegmentSize(count: count)
        guard size < HeapState.allocationBytesMax else {
            throw StarlarkError(.memoryLimit, "out of memory: a call has too many arguments")
        }
        // Those that are too small are given up for it.
        let spare = size > 0 ? stack.spareCount : 0
        try heap.state.pointee.charge((size - spare) * MemoryLayout<Value>.stride)
        return stack.enterSegment(count: count)
    }
}
