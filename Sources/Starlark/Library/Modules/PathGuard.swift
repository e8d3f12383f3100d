/// The containers that enclose the place where a walk is, to notice cycles.
struct PathGuard {
    private var containers: IdentitySet

    init(_ machine: Machine) { containers = IdentitySet(machine) }

    private static func isTracked(_ value: Value) -> Bool {
        switch value.kind {
        case .list, .dict, .structure, .record: true
        case .tuple: !value.tupleItems.isEmpty
        default: false
        }
    }

    /// Notes a container; false when the walk is inside it already.
    mutating func enter(_ value: Value) throws(StarlarkError) -> Bool {
        guard PathGuard.isTracked(value) else { return true }
        return try containers.insert(value)
    }

    /// Forgets a container.
    mutating func leave(_ value: Value) {
        guard PathGuard.isTracked(value) else { return }
        containers.remove(value)
    }

    /// Must be called once at the end.
    mutating func free() { containers.free() }
}
