import Cryptography
import Hummingbird
import Model
import Store

extension Endpoints {
    var signerRoutes: [Route] {
        [
            Route(.get, "/api/v1/signers", .person, bodyBytesMax: 0) { [store] _ in
                try .json(SignerLists(lists: try await store.signerLists()))
            },
            // In JSON a line break takes two bytes.
            Route(.post, "/api/v1/signers", .person, bodyBytesMax: 2 * AllowedSigners.bytesMax, putSigners),
            Route(.get, "/api/v1/signers/:id", .person, bodyBytesMax: 0) { [store] call in
                let id: SignerListID = try call.id()
                guard let list = try await store.signerList(id) else { throw Self.noList(id) }
                return try .json(list)
            },
            Route(.delete, "/api/v1/signers/:id", .person, bodyBytesMax: 0) { [store] call in
                let id: SignerListID = try call.id()
                let person = try Self.person(call.query("by"))
                let removed = try await store.transaction(as: "api") { tx throws(StoreError) in
                    try await tx.removeSigners(id, by: person)
                }
                guard removed != nil else { throw Self.noList(id) }
                return Response(status: .noContent)
            },
        ]
    }

    /// Has only commits steer an environment that a listed key signed.
    private func putSigners(_ call: Call) async throws -> Response {
        let request = try call.json(SignersRequest.self)
        let person = try Self.person(request.by)
        if let problem = NameRule.environment.problem(with: request.environment) {
            throw Problem.invalid("'environment' is neither a name nor a pattern of names: \(problem)")
        }
        let signers: AllowedSigners
        do throws(CryptographyError) {
            signers = try AllowedSigners(text: request.text)
        } catch {
            throw Problem(
                status: 422, code: "invalid_signers", detail: "\(error.subject): \(error.cause)",
                hint: "nothing was changed; docs/steering.md says what a file of allowed signers holds")
        }
        let id = try await store.transaction(as: "api") { tx throws(StoreError) in
            try await tx.putSigners(signers, text: request.text, for: NameGlob(request.environment), by: person)
        }
        guard let list = try await store.signerList(id) else { throw Self.noList(id) }
        return try .json(list, status: .created)
    }

    private static func noList(_ id: SignerListID) -> Problem {
        .notFound("list of signers \(id)", hint: "'ocuroot signers list' shows those there are")
    }

    /// Who a request says to come from; `api` when it does not say.
    ///
    /// - Throws: a ``Problem`` for what is no name.
    static func person(_ by: String?) throws(Problem) -> String {
        let person = by ?? "api"
        guard !person.isEmpty, person.utf8.count <= 200,
            person.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control })
        else { throw Problem.invalid("'by' is the name of a person, in at most 200 bytes") }
        return person
    }
}
