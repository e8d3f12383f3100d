extension Arguments {
    /// Refuses named arguments and another number of positional ones than `allowed`.
    @inline(__always)
    func requirePositional(_ allowed: ClosedRange<Int>, _ function: StaticString) throws(StarlarkError) {
        if names != nil || !allowed.contains(count) { throw countError(allowed, function) }
    }

    /// Refuses named arguments and another number of positional ones than `expected`.
    @inline(__always)
    func requirePositional(_ expected: Int, _ function: StaticString) throws(StarlarkError) {
        if names != nil || count != expected { throw countError(expected...expected, function) }
    }

    @inline(never)
    private func countError(_ allowed: ClosedRange<Int>, _ function: StaticString) -> StarlarkError {
        if names != nil { return StarlarkError(.evaluation, "\(function): unexpected keyword arguments") }
        let wanted: String
        if allowed.lowerBound == allowed.upperBound {
            wanted = "want \(allowed.lowerBound)"
        } else if count < allowed.lowerBound {
            wanted = "want at least \(allowed.lowerBound)"
        } else {
            wanted = "want at most \(allowed.upperBound)"
        }
        return StarlarkError(.evaluation, "\(function): got \(count) arguments, \(wanted)")
    }
}
