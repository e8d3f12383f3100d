import Model
import Server

/// What people may write for a list of signers: its id, or the environment as it was given.
enum SignersArgument {
    /// The list that is meant, without what it holds.
    ///
    /// - Throws: a ``CommandError`` when there is none.
    static func find(_ text: String, _ client: APIClient) async throws -> SignerList {
        let reply: SignerLists = try await client.get("/api/v1/signers")
        let named = reply.lists.first { $0.environment == text }
        guard let found = named ?? reply.lists.first(where: { "\($0.id)" == text }) else {
            throw CommandError("there is no list of signers for '\(text)'", hint: "'ocuroot signers list' shows them")
        }
        return found
    }
}
