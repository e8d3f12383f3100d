/// `range(start, stop, step)`.
struct RangeObject {
    let header: ObjectHeader
    let start: Int
    let stop: Int
    let step: Int
    let count: Int

    /// The element at an index in `0..<count`.
    @inline(__always)
    subscript(index: Int) -> Int { start &+ index &* step }
}
