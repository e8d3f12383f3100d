/// One bound value in PostgreSQL's binary format.
struct SQLBind: Sendable {
    /// The value itself, or why there is none.
    enum Content: Sendable {
        /// The bytes, `nil` being NULL.
        case bytes([UInt8]?)
        /// The value could not be encoded; running the statement throws this reason.
        case failed(String)
    }

    var type: PostgresType
    var content: Content
}
