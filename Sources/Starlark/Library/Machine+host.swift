/// What the host gives the evaluation.
extension Machine {
    /// Hands a line to the host.
    func print(_ line: String) {
        core.pointee.evaluation.takeUnretainedValue().settings.print(line)
    }

    /// The host's clock: Unix nanoseconds.
    ///
    /// - Throws: `.evaluation` when the host has none.
    func now() throws(StarlarkError) -> Int64 {
        guard let now = core.pointee.evaluation.takeUnretainedValue().settings.now else {
            throw StarlarkError(.evaluation, "time.now() is not available")
        }
        return now()
    }
}
