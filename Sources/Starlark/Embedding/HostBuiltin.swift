/// Owns the memory of a builtin that a host's function became.
final class HostBuiltin {
    let pointer: UnsafeMutablePointer<Builtin>

    init(_ builtin: Builtin) {
        pointer = .allocate(capacity: 1)
        pointer.initialize(to: builtin)
    }

    deinit {
        pointer.deinitialize(count: 1)
        pointer.deallocate()
    }
}
