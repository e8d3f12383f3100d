/// Something did not happen in time.
public struct WaitTimeout: Error, CustomStringConvertible {
    let what: String
    let timeout: Duration
    let file: String
    let line: Int

    /// What was awaited, how long, and where.
    public var description: String { "\(what) did not come true within \(timeout) (\(file):\(line))" }
}
