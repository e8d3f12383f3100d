import Postgres

extension StoreError {
    /// Says what a failure of the database means to whoever called the store.
    static func from(_ error: any Error, _ operation: String) -> StoreError {
        if let error = error as? StoreError { return error }
        guard let error = error as? PostgresError else {
            return error is CancellationError
                ? StoreError(.cancelled, operation, "the task was cancelled")
                : StoreError(.unavailable, operation, "the database could not be asked", cause: error)
        }
        return from(error, operation)
    }

    /// Says what a failure of the database means to whoever called the store.
    static func from(_ error: PostgresError, _ operation: String) -> StoreError {
        switch error.code {
        case .cancelled: StoreError(.cancelled, operation, "the task was cancelled", cause: error)
        case .connection, .timeout, .poolExhausted, .closed:
            StoreError(.unavailable, operation, "the database did not answer", cause: error)
        case .configuration: StoreError(.invalid, operation, "the database's address is wrong", cause: error)
        case .encoding: StoreError(.invalid, operation, "a value cannot be stored", cause: error)
        case .decoding, .rowCount:
            StoreError(.corrupted, operation, "the database answered what it never should", cause: error)
        case .server(let state): from(state, error, operation)
        }
    }

    private static func from(_ state: SQLState, _ error: PostgresError, _ operation: String) -> StoreError {
        switch state {
        case .uniqueViolation, .exclusionViolation:
            return StoreError(.conflict, operation, "it exists already", cause: error)
        case .foreignKeyViolation:
            return StoreError(.notFound, operation, "something that it refers to does not exist", cause: error)
        case .serializationFailure, .deadlock, .lockNotAvailable, .queryCanceled, .readOnlyTransaction:
            return StoreError(.unavailable, operation, "the database was too busy", cause: error)
        default: break
        }
        return switch state.errorClass {
        case "08", "53", "57", "58": StoreError(.unavailable, operation, "the database is in trouble", cause: error)
        case "22": StoreError(.invalid, operation, "the database cannot hold a value", cause: error)
        default: StoreError(.corrupted, operation, "the database refused a statement", cause: error)
        }
    }
}
