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

    /// How many registers the next segment would have if it had to be made for `count`; 0 when it is there.
    func newSegmentSize(count: Int) -> Int {
        if current + 1 < segments.count, segments[current + 1].count >= count { return 0 }
        return max(count, min(segments[current].count * 2, 1 << 20))
    }

    /// How many registers the segments after the current one have.
    var spareCount: Int { segments[(current + 1)...].reduce(0) { $0 + $1.count } }

    /// Moves to a segment with room for `count` registers; returns its start.
    mutating func enterSegment(count: Int) -> UnsafeMutablePointer<Value> {
        let size = newSegmentSize(count: count)
        current += 1
        if size > 0 {
            for segment in segments[current...] { segment.deallocate() }
            segments.removeSubrange(current...)
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
