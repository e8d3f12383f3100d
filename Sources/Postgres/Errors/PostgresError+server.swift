extension PostgresError {
    /// What the server said in a result that is an error.
    ///
    /// Without an SQLSTATE it comes from libpq: a lost connection.
    init(refusal result: ResultHandle, _ call: PostgresConnection.Call) {
        let primary = result.errorField(.message) ?? result.errorMessage
        guard let state = result.errorField(.sqlState) else {
            self = call.error(.connection, primary)
            return
        }
        self = call.error(.server(SQLState(rawValue: state)), primary)
        fields = ServerFields(
            detail: result.errorField(.detail),
            hint: result.errorField(.hint),
            schema: result.errorField(.schema),
            table: result.errorField(.table),
            column: result.errorField(.column),
            constraint: result.errorField(.constraint),
            position: result.errorField(.position).flatMap(Int.init)
        )
    }

    /// Whether a prepared statement has to be prepared anew because a table changed under it.
    var isOutdatedStatement: Bool { sqlState == .featureNotSupported && message.contains("cached plan") }

    /// Whether a prepared statement has to be prepared anew because somebody dropped it.
    var isMissingStatement: Bool { sqlState == .invalidStatementName }
}
