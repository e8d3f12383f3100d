import Cryptography
import Foundation
import Model
import Postgres
import Store
import TestSupport
import Testing

@Suite struct `Kept credentials` {
    private static let password = CredentialForm(.password, user: "ada", secret: "hunter2")

    private func with(
        _ keys: [SymmetricKey]? = nil, _ body: (StateStore, StoreFixture) async throws -> Void
    ) async throws {
        try await StoreFixture.with { fixture in
            try await body(StateStore(pool: fixture.pool, keys: try KeyRing(keys ?? [.random()])), fixture)
        }
    }

    private func put(_ form: CredentialForm, for prefix: String, in store: StateStore) async throws -> CredentialID {
        let place = try #require(RemotePlace(prefix))
        return try await store.transaction(as: "ada") { tx throws(StoreError) in
            try await tx.putCredential(form, for: place, facts: form.facts)
        }
    }

    @Test func `of every kind can be kept`() async throws {
        try await with { store, _ in
            let forms = [
                Self.password, CredentialForm(.sshKey, privateKey: "x"), CredentialForm(.knownHosts, knownHosts: "x"),
                CredentialForm(.clientCertificate, privateKey: "x", certificates: "x"),
                CredentialForm(.proxy, proxy: "http://h"), CredentialForm(.gitHubApp, privateKey: "x", app: "1"),
            ]
            #expect(Set(forms.map(\.kind)) == Set(CredentialKind.allCases))
            for form in forms {
                let prefix = form.kind.schemes.contains("https") ? "https://h/" : "ssh://h/"
                _ = try await put(form, for: prefix, in: store)
            }
            #expect(try await store.credentials().count == forms.count)
            #expect(try await store.openCredentials(for: "https://h/x").map(\.form.kind).contains(.gitHubApp))
        }
    }

    @Test func `open for what they are kept for, and nothing of them is in the database`() async throws {
        try await with { store, fixture in
            let id = try await put(Self.password, for: "https://Git.acme.com/team", in: store)
            let opened = try await store.openCredentials(for: "https://git.acme.com/team/shop.git")
            #expect(opened.map(\.form) == [Self.password])
            #expect(opened.first?.stored.id == id)
            #expect(opened.first?.stored.facts == ["user": "ada"])
            for url in ["https://git.acme.com/other", "http://git.acme.com/team/shop.git", "/srv/git.acme.com/team"] {
                #expect(try await store.openCredentials(for: url).isEmpty)
            }
            let row: String = try await fixture.pool.query("SELECT encode(k.sealed, 'escape') FROM credential k").one()[
                0]
            let events: String = try await fixture.pool.query("SELECT string_agg(e::text, ' ') FROM event e").one()[0]
            #expect(!row.contains("hunter2") && !row.contains("ada"))
            #expect(events.contains("https://git.acme.com/team") && !events.contains("hunter2"))
        }
    }

    @Test func `that are not asked for need not be ones that can be opened`() async throws {
        try await with { store, fixture in
            let other = StateStore(pool: fixture.pool, keys: try KeyRing([.random()]))
            _ = try await put(Self.password, for: "https://h/", in: other)
            _ = try await put(CredentialForm(.proxy, proxy: "http://p:1"), for: "https://h/", in: store)
            #expect(try await store.openCredentials(for: "https://h/x", of: [.proxy]).map(\.form.kind) == [.proxy])
            await #expect(throws: StoreError.self) { try await store.openCredentials(for: "https://h/x") }
        }
    }

    @Test func `are replaced kind by kind, and forgotten`() async throws {
        try await with { store, _ in
            let first = try await put(Self.password, for: "https://h/", in: store)
            let again = try await put(
                CredentialForm(.password, user: "eve", secret: "x"), for: "https://h:443", in: store)
            #expect(first == again)
            _ = try await put(CredentialForm(.proxy, proxy: "http://p:1"), for: "https://h/", in: store)
            #expect(try await store.openCredentials(for: "https://h/x").map(\.form.user) == ["eve", nil])
            let removed = try await store.transaction(as: "ada") { tx throws(StoreError) in
                try await tx.removeCredential(first)
            }
            #expect(removed?.kind == .password)
            #expect(try await store.credentials().map(\.kind) == [.proxy])
            let none = try await store.transaction(as: "ada") { tx throws(StoreError) in
                try await tx.removeCredential(first)
            }
            #expect(none == nil)
        }
    }

    @Test func `have the repos under them looked at, and no others`() async throws {
        try await with { store, fixture in
            let mine = try await fixture.addRepo("https://h/team/shop.git")
            _ = try await fixture.addRepo("https://h/other/shop.git")
            for lease in try await store.claim(.source, holder: "t", limit: 9, lease: .seconds(9)) {
                try await store.finish(lease, .wait(until: .now + 3600))
            }
            _ = try await put(Self.password, for: "https://h/team", in: store)
            let due = try await store.claim(.source, holder: "t", limit: 9, lease: .seconds(9))
            #expect(due.map(\.key) == ["\(mine)"])
        }
    }

    @Test func `cannot be kept without a master key, nor for what has no use for them`() async throws {
        try await with { store, fixture in
            let error = await #expect(throws: StoreError.self) {
                _ = try await put(Self.password, for: "https://h/", in: fixture.store)
            }
            #expect(error?.code == .noMasterKey)
            let wrong = await #expect(throws: StoreError.self) {
                _ = try await put(Self.password, for: "ssh://h/", in: store)
            }
            #expect(wrong?.code == .invalid)
        }
    }

    @Test func `are sealed again under a newer key, so that the older one may go`() async throws {
        let (older, newer) = (try SymmetricKey.random(), try SymmetricKey.random())
        try await with([older]) { store, fixture in
            _ = try await put(Self.password, for: "https://h/", in: store)
            #expect(
                try await StateStore(pool: fixture.pool, keys: KeyRing([newer, older])).resealCredentials().resealed
                    == 1)
            let after = StateStore(pool: fixture.pool, keys: try KeyRing([newer]))
            #expect(try await after.resealCredentials().resealed == 0)
            #expect(try await after.openCredentials(for: "https://h/x").map(\.form) == [Self.password])
            await #expect(throws: StoreError.self) { try await store.openCredentials(for: "https://h/x") }
        }
    }

    @Test func `do not open when the row is moved to another prefix`() async throws {
        try await with { store, fixture in
            _ = try await put(Self.password, for: "https://h/", in: store)
            try await fixture.pool.execute("UPDATE credential SET origin = 'https://evil', prefix = 'https://evil/'")
            let error = await #expect(throws: StoreError.self) {
                try await store.openCredentials(for: "https://evil/x")
            }
            #expect(error?.code == .corrupted)
        }
    }

    @Test func `are taken out of the URLs of repos, once`() async throws {
        try await with { store, fixture in
            let repo = try await fixture.addRepo("https://ada:hunter2@h/x.git")
            _ = try await fixture.addRepo("https://eve:guess@h/y.git")
            _ = try await fixture.addRepo("https://h/y.git")
            _ = try await fixture.addRepo("ssh://git@h/z.git")
            #expect(try await store.moveCredentialsOutOfURLs() == 1)
            #expect(try await store.moveCredentialsOutOfURLs() == 0)
            #expect(try await store.repo(repo)?.url == "https://h/x.git")
            #expect(try await store.openCredentials(for: "https://h/x.git").map(\.form) == [Self.password])
            #expect(try await store.openCredentials(for: "https://h/y.git").isEmpty)
        }
    }

    @Test func `remember whether they worked`() async throws {
        try await with { store, _ in
            _ = try await put(Self.password, for: "https://h/", in: store)
            try await store.recordUse(ofCredentialsFor: "https://h/x", error: "the host refused the credentials")
            #expect(try await store.credentials().first?.error == "the host refused the credentials")
            try await store.recordUse(ofCredentialsFor: "https://h/x", error: nil)
            let stored = try await store.credentials().first
            #expect(stored?.error == nil && stored?.usedAt != nil)
        }
    }
}
