/// There is no test server.
public struct MissingDatabase: Error, CustomStringConvertible {
    /// What to do about it.
    public var description: String {
        """
        \(DatabaseSchema.variable) is not set: run the tests with hack/test, \
        or start a server with: eval "$(hack/test-postgres start)"
        """
    }
}
