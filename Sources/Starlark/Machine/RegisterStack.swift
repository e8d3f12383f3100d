/// The registers of all calls: windows cut from segments that never move, because builtins hold pointers to them.
struct RegisterStack {
    private var segments: [UnsafeMutableBufferPointer<Value>] = []
    private var current = 0

    /// The end of the current segment.
    private(set) var end: UnsafeMutablePointer<Value>
    /// Its start.
    private(set) var start: UnsafeMutablePointer<Value>

    private static let firstCount = 1024

    init() {
        let segment = UnsafeMutableBufferPointer<Value>.allocate(capacity: RegisterStack.firstCount)
        segments = [segment]
        start = segment.baseAddress.unsafelyUnwrapped
        end = start + segment.count
    }

    /// Moves to a segment with room for `count` registers; returns its start.
    mutating func enterSegment(count: Int) -> UnsafeMutablePointer<Value> {
        current += 1
        if current < segments.count, segments[current].count < count {
            for segment in segments[current...] { segment.deallocate() }
            segments.removeSubrange(current...)
        }
        if current == segments.count {
            let size = max(count, min(segments[current - 1].count * 2, 1 << 20))
            segments.append(UnsafeMutableBufferPointer<Value>.allocate(capacity: size))
        }
        return select()
    }

    /// Moves back to the segment before.
    mutating func leaveSegment() {
        current -= 1
        _ = select()
    }

    private mutating func select() -> UnsafeMutablePointer<Value> {
        start = segments[current].baseAddress.unsafelyUnwrapped
        end = start + segments[current].count
        return start
    }

    mutating func free() {
        for segment in segments { segment.deallocate() }
        segments = []
    }
}
