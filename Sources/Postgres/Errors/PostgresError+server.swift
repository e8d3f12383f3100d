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
        let sqlState = SQLState(rawValue: state)
        self = call.error(.server(sqlState), sqlState.errorClass == "22" ? Self.withoutQuotes(primary) : primary)
        fields = ServerFields(
            message: primary,
            detail: result.errorField(.detail),
            hint: result.errorField(.hint),
            schema: result.errorField(.schema),
            table: result.errorField(.table),
            column: result.errorField(.column),
            constraint: result.errorField(.constraint),
            position: result.errorField(.position).flatMap(Int.init)
        )
    }

    /// Replaces what stands between the first and the last quote: errors of class 22 (data) quote the value there, which
    /// may hold quotes too.
    private static func withoutQuotes(_ message: String) -> String {
        let scalars = message.unicodeScalars
        guard let first = scalars.firstIndex(of: "\""), let last = scalars.lastIndex(of: "\"") else { return message }
        return String(scalars[..<first]) + "\"…\"" + String(scalars[last...].dropFirst())
    }

    /// Whether a prepared statement has to be prepared anew because a table changed under it.
    var isOutdatedStatement: Bool { sqlState == .featureNotSupported && message.contains("cached plan") }

    /// Whether a prepared statement has to be prepared anew because somebody dropped it.
    var isMissingStatement: Bool { sqlState == .invalidStatementName }
}
