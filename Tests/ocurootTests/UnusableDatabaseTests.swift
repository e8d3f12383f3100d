import Postgres
import Store
import Testing

@testable import ocuroot

@Suite struct UnusableDatabaseTests {
    @Test func `a database that does not answer is told without our code, with the option to check`() async throws {
        let conninfo = "postgresql://me@/x?host=/nonexistent&connect_timeout=2"
        let thrown = await #expect(throws: PostgresError.self) {
            try await PostgresConnection.connect(PostgresConfiguration(conninfo: conninfo))
        }
        let cause = try #require(thrown)
        let error = UnusableDatabase.asCommandError(
            StoreError(.unavailable, "migrate", "the database did not answer", cause: cause), isOwn: false)
        #expect(error.message.hasPrefix("the database cannot be used: the database did not answer: "))
        #expect(error.message.contains("/nonexistent") && !error.message.contains(".swift"), "\(error.message)")
        #expect(error.hint.contains("--database-url"))
    }
}
