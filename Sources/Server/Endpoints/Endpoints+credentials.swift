import Hummingbird
import Model
import Store

extension Endpoints {
    /// Keys and certificates may be long.
    private static let bodyBytesMax = 512 << 10

    var credentialRoutes: [Route] {
        [
            Route(.get, "/api/v1/credentials", .person, bodyBytesMax: 0) { [store] _ in
                try .json(CredentialList(credentials: try await store.credentials()))
            },
            Route(.post, "/api/v1/credentials", .person, bodyBytesMax: Self.bodyBytesMax, putCredentials),
            Route(.delete, "/api/v1/credentials/:id", .person, bodyBytesMax: 0, removeCredential),
            Route(.post, "/api/v1/credentials/test", .person, timeout: .seconds(60), testRemote),
            Route(.post, "/api/v1/credentials/host-key", .person, timeout: .seconds(60), readHostKey),
        ]
    }

    /// Keeps credentials for a prefix; the answer holds no secret.
    private func putCredentials(_ call: Call) async throws -> Response {
        let request = try call.json(CredentialsRequest.self)
        let place = try Self.place(request.prefix)
        guard (1...CredentialKind.allCases.count).contains(request.credentials.count) else {
            throw Problem.invalid("'credentials' must hold one or more, at most one of each kind")
        }
        var ready: [(form: CredentialForm, facts: [String: String])] = []
        for form in request.credentials { ready.append((form, try CredentialFacts.of(form))) }
        let complete = ready
        let ids = try await store.transaction(as: "api") { tx throws(StoreError) in
            var ids: Set<CredentialID> = []
            for (form, facts) in complete { ids.insert(try await tx.putCredential(form, for: place, facts: facts)) }
            return ids
        }
        let kept = try await store.credentials().filter { ids.contains($0.id) }
        return try .json(CredentialList(credentials: kept), status: .created)
    }

    private func removeCredential(_ call: Call) async throws -> Response {
        let id: CredentialID = try call.id()
        let removed = try await store.transaction(as: "api") { tx throws(StoreError) in
            try await tx.removeCredential(id)
        }
        guard removed != nil else {
            throw Problem.notFound("credential \(id)", hint: "'ocuroot auth list' shows what is kept")
        }
        return Response(status: .noContent)
    }

    /// Reads the refs of a remote with what is kept for it.
    private func testRemote(_ call: Call) async throws -> Response {
        let url = try Self.remote(call)
        let used = StoredCredential.matching(url, among: try await store.credentials())
        var report = RemoteReport(
            url: RepoURL.withoutPassword(url), isReadable: true, error: nil, credentials: used)
        do {
            try await Deadline.run(within: .seconds(45)) { try await probe(url) }
        } catch {
            report.isReadable = false
            report.error = "\(error)"
        }
        return try .json(report)
    }

    private func readHostKey(_ call: Call) async throws -> Response {
        let url = try Self.remote(call)
        do {
            return try .json(try await Deadline.run(within: .seconds(45)) { try await hostKeys(url) })
        } catch {
            throw Problem(
                status: 422, code: "host_unreachable", detail: "its ssh host key cannot be read: \(error)",
                hint: "check host and port")
        }
    }

    private static func remote(_ call: Call) throws -> String {
        try checked(url: try call.json(RemoteRequest.self).url)
    }

    private static func place(_ prefix: String) throws(Problem) -> RemotePlace {
        guard RepoURL.splitCredentials(prefix) == nil else {
            throw Problem.invalid(
                "'prefix' cannot hold a user or password", hint: "give them apart from the URL")
        }
        guard let place = RemotePlace(prefix) else {
            throw Problem.invalid(
                "'\(RepoURL.withoutPassword(prefix).prefix(200))' is not a prefix of repositories",
                hint: "give https://HOST/, https://HOST/GROUP/, ssh://HOST/ or the URL of one repository")
        }
        return place
    }
}
