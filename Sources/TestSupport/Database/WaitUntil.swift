/// Waits until `condition` holds, looking again every few milliseconds.
///
/// - Throws: ``WaitTimeout`` when `timeout` has passed, and what `condition` throws.
public func waitUntil(
    timeout: Duration = .seconds(20),
    _ what: String = "the condition",
    isolation: isolated (any Actor)? = #isolation,
    file: String = #fileID,
    line: Int = #line,
    _ condition: () async throws -> Bool
) async throws {
    let limit = ContinuousClock.now + timeout
    while try await !condition() {
        guard .now < limit else { throw WaitTimeout(what: what, timeout: timeout, file: file, line: line) }
        try await Task.sleep(for: .milliseconds(5))
    }
}

/// Waits until `value` gives something other than `nil`, and returns it; see ``waitUntil(timeout:_:isolation:file:line:_:)``.
public func waitFor<Value>(
    timeout: Duration = .seconds(20),
    _ what: String = "a value",
    isolation: isolated (any Actor)? = #isolation,
    file: String = #fileID,
    line: Int = #line,
    _ value: () async throws -> Value?
) async throws -> Value {
    let limit = ContinuousClock.now + timeout
    while true {
        if let result = try await value() { return result }
        guard .now < limit else { throw WaitTimeout(what: what, timeout: timeout, file: file, line: line) }
        try await Task.sleep(for: .milliseconds(5))
    }
}
