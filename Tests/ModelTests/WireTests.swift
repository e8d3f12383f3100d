import Foundation
import Model
import Testing

@Suite struct WireTests {
    @Test func `ids are written with a prefix and read back only with their own`() {
        #expect(BuildID(rawValue: 42).description == "b42")
        #expect(BuildID("b42") == BuildID(rawValue: 42))
        #expect(BuildID("r42") == nil && BuildID("b") == nil && BuildID("b-1") == nil && BuildID("b0") == nil)
    }

    @Test func `object ids keep both lengths and refuse others`() throws {
        let sha1 = "0123456789abcdef0123456789abcdef01234567"
        let sha256 = sha1 + "89abcdef0123456789abcdef"
        #expect(try #require(ObjectID(hex: sha1)).hex == sha1)
        #expect(try #require(ObjectID(hex: sha256.uppercased())).hex == sha256)
        #expect(ObjectID(hex: sha1) != ObjectID(hex: sha1 + "000000000000000000000000"))
        #expect(ObjectID(hex: "12") == nil && ObjectID(hex: String(repeating: "g", count: 40)) == nil)
    }

    @Test func `json values keep their kind through text`() throws {
        let value = JSONValue.object([
            "a": .array([.null, .bool(true), .int(1), .double(1.5), .string("é\n")]), "b": .object([:]),
        ])
        #expect(try JSONText.decode(JSONValue.self, from: JSONText.encode(value)) == value)
    }

    @Test func `the status report says null where nothing is targeted or deployed`() throws {
        let commit = try #require(CommitID(hex: "0123456789abcdef0123456789abcdef01234567"))
        let build = StatusReport.BuildSummary(id: BuildID(rawValue: 3), sequence: 1, alias: nil, commit: commit)
        let at = Date(timeIntervalSince1970: 0)
        let report = StatusReport(
            at: at,
            packages: [
                .init(
                    repo: "shop", package: "api", environment: "prod", state: .waiting, reason: "soak",
                    target: .init(build: build, since: at), deployed: nil,
                    hold: .init(Restraint(kind: .hold, by: "ann", commit: nil, since: at, reason: "frozen")))
            ])
        let text = String(decoding: try JSONText.encode(report), as: UTF8.self)
        #expect(
            text == """
                {"at":"1970-01-01T00:00:00.000Z","packages":[{"deployed":null,"environment":"prod",\
                "hold":{"by":"ann","commit":null,"reason":"frozen","since":"1970-01-01T00:00:00.000Z"},\
                "package":"api","pin":null,"reason":"soak","repo":"shop","state":"waiting","target":{"build":{"alias":null,\
                "commit":"0123456789abcdef0123456789abcdef01234567","id":"b3","sequence":1},\
                "since":"1970-01-01T00:00:00.000Z"}}]}
                """)
        #expect(try JSONText.decode(StatusReport.self, from: Data(text.utf8)) == report)
    }

    @Test(arguments: [
        ("https://user@host.example/acme/shop.git", "host.example/acme/shop"),
        ("file:///srv/git/shop.git/", "/srv/git/shop"), ("git@host.example:acme/shop.git", "host.example:acme/shop"),
        ("/srv/shop", "/srv/shop"),
    ])
    func `a repo is named by its URL until it declares a name`(url: String, name: String) {
        #expect(RepoURL.displayName(url) == RepoName(name))
    }
}
