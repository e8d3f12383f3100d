import Cryptography
import Foundation
import HTTPClient
import HostAPI
import Model
import Postgres
import Store
import TestSupport
import Testing

@testable import ocuroot

@Suite struct HostIdentitiesTests {
    private static let web = "https://github.com/"

    /// A database in which a password is kept under a key that is lost, and a proxy under the one that there is.
    private func withLostPassword(
        _ body: (HostIdentities, StateStore, RepoID) async throws -> Void
    ) async throws {
        try await DatabaseSchema.withTemporary { database in
            let lost = StateStore(pool: database.pool, keys: try KeyRing([.random()]))
            let store = StateStore(pool: database.pool, keys: try KeyRing([.random()]))
            try await store.migrate()
            let place = try #require(RemotePlace(Self.web))
            let password = CredentialForm(.password, user: "ada", secret: "x")
            let proxy = CredentialForm(.proxy, user: "ada", secret: "pa ss", proxy: "http://proxy:3128")
            _ = try await lost.transaction(as: "test") { tx throws(StoreError) in
                try await tx.putCredential(password, for: place, facts: password.facts)
            }
            _ = try await store.transaction(as: "test") { tx throws(StoreError) in
                try await tx.putCredential(proxy, for: place, facts: proxy.facts)
            }
            let repo = try await store.transaction(as: "test") { tx throws(StoreError) in
                try await tx.addRepo(url: "git@github.com:acme/shop.git", refs: [])
            }
            let exchange = HostExchange(session: try HTTPSession())
            try await body(HostIdentities(store: store, exchange: exchange), store, repo)
        }
    }

    private func target(of repo: RepoID) -> NoticeTarget {
        NoticeTarget(
            id: NoticeTargetID(rawValue: 1), kind: .githubStatus, repo: repo, repoName: nil,
            address: "https://api.github.com", project: "acme/shop", on: [], package: nil, environment: nil,
            createdBy: "test", createdAt: Date())
    }

    @Test func `a target with a token of its own goes through the proxy that is kept, and opens nothing else`()
        async throws
    {
        try await withLostPassword { identities, _, repo in
            let pass = try await identities.pass(for: target(of: repo), Secret("own"))
            #expect(pass?.token.text == "own" && pass?.proxy?.text == "http://ada:pa%20ss@proxy:3128")
        }
    }

    @Test func `a target without one says what cannot be opened`() async throws {
        try await withLostPassword { identities, _, repo in
            let error = await #expect(throws: HostAPIError.self) {
                try await identities.pass(for: target(of: repo), nil)
            }
            #expect(error?.code == .unusable && error?.hint?.contains("master key") == true)
        }
    }
}
