import Foundation
import Model
import TestSupport
import Testing

/// The first web page, as a browser and as a reader without JavaScript see it.
@Suite(.serialized) struct PageTests {
    @Test func `the page shows the table without JavaScript, and escapes what people wrote`() async throws {
        let remote = try RepositoryBuilder()
        let policy = "    return later(\"<script>alert(1)</script> & wait\")"
        try remote.commit(
            "first",
            [
                "repo.ocu.star": Shop.repo("shop", ["prod"]),
                "api/package.ocu.star": Shop.package("api", policy: policy),
            ])
        try await Installation.with(repos: [remote.url]) { shop in
            #expect(try await shop.settle().status == 0)
            let response = try await shop.get("/", isSignedIn: false)
            let page = String(decoding: response.body, as: UTF8.self)
            #expect(response.status == 200)
            #expect(page.contains("api") && page.contains("prod") && page.contains("waiting"))
            #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; wait"))
            #expect(!page.contains("<script>alert"))
        }
    }

    @Test func `in a browser the table changes by itself when a push is deployed`() async throws {
        let remote = try RepositoryBuilder()
        try remote.commit(
            "first", ["repo.ocu.star": Shop.repo("shop", ["prod"]), "api/package.ocu.star": Shop.package("api")])
        try await Installation.with(repos: [remote.url]) { shop in
            #expect(try await shop.settle().status == 0)
            let browser = try Command(TestTools.python, [TestTools.browserScript, shop.address, "#1", "#2"])
            try await waitUntil(timeout: .seconds(60), "the page is open") {
                browser.output.contains("open") || !browser.isRunning
            }
            try remote.commit("second", ["api/change.txt": "1"])
            let end = await browser.end()
            #expect(end.status == 0, "\(end.output) \(end.errors)")
        }
    }

    @Test func `the API refuses who has no key`() async throws {
        try await Installation.with { shop in
            for path in ["/api/v1/status", "/api/v1/repos", "/api/v1/runs", "/api/v1/events"] {
                let refused = try await shop.get(path, isSignedIn: false)
                let answered = try await shop.get(path)
                #expect(refused.status == 401 && answered.status == 200)
            }
        }
    }
}
