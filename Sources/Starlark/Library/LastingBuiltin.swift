/// A builtin in memory that is never freed.
///
/// `@unchecked Sendable`: the memory is written once, here, and only read afterwards.
struct LastingBuiltin: @unchecked Sendable {
    let pointer: UnsafePointer<Builtin>

    init(_ builtin: Builtin) {
        let place = UnsafeMutablePointer<Builtin>.allocate(capacity: 1)
        place.initialize(to: builtin)
        pointer = UnsafePointer(place)
    }
}
