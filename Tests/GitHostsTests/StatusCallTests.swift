import Foundation
import Model
import Testing

@testable import GitHosts

/// What each host's documentation shows of its commit statuses.
@Suite struct StatusCallTests {
    private let token = Secret("s3cret")

    private func status(_ state: CommitStatus.State, _ context: String = "ocuroot/api@production") throws
        -> CommitStatus
    {
        CommitStatus(
            commit: try #require(CommitID(hex: "6dcb09b5b57875f334f61aebed695e2e4193db5e")), context: context,
            state: state, description: "build 12 is deployed", anchor: "shop//api@production")
    }

    private func call(
        _ host: GitHost, _ state: CommitStatus.State, api: String, project: String = "octocat/example",
        context: String = "ocuroot/api@production", link: String? = "https://ci.example.com/#x"
    ) throws -> (call: HostCall, body: JSONObject) {
        let place = HostPlace(api: api, project: project, token: token)
        let call = try #require(
            StatusCall.make(try status(state, context), at: place, of: host, link: link))
        guard case .object(let body) = try JSONText.decode(JSONValue.self, from: try #require(call.body)) else {
            throw GitHostError(.malformed, subject: "a call", cause: "its body is no object")
        }
        return (call, body)
    }

    @Test func `GitHub is told as its documentation says`() throws {
        let (call, body) = try call(.github, .success, api: "https://api.github.com")
        #expect(
            call.url
                == "https://api.github.com/repos/octocat/example/statuses/6dcb09b5b57875f334f61aebed695e2e4193db5e")
        #expect(call.method == "POST")
        #expect(call.headers["Authorization"] == "Bearer s3cret")
        #expect(call.headers["Accept"] == "application/vnd.github+json")
        #expect(
            body
                == [
                    "state": "success", "target_url": "https://ci.example.com/#x",
                    "description": "build 12 is deployed",
                    "context": "ocuroot/api@production",
                ].mapValues(JSONValue.string))
    }

    @Test(arguments: [
        (GitHost.github, ["pending", "pending", "success", "failure", "error", "error"]),
        (.gitea, ["pending", "pending", "success", "failure", "error", "error"]),
        (.gitlab, ["pending", "running", "success", "failed", "failed", "canceled"]),
        (.bitbucket, ["INPROGRESS", "INPROGRESS", "SUCCESSFUL", "FAILED", "FAILED", "STOPPED"]),
        (.bitbucketDataCenter, ["INPROGRESS", "INPROGRESS", "SUCCESSFUL", "FAILED", "FAILED", "FAILED"]),
    ])
    func `each host has its own words for the states`(host: GitHost, words: [String]) throws {
        for (state, word) in zip(CommitStatus.State.allCases, words) {
            #expect(try call(host, state, api: "https://h").body["state"] == .string(word))
        }
    }

    @Test func `GitLab is given the project as one part of the path, and the context as the name`() throws {
        let (call, body) = try call(.gitlab, .running, api: "https://gitlab.example.com/api/v4", project: "a/b/shop")
        #expect(call.url.hasPrefix("https://gitlab.example.com/api/v4/projects/a%2Fb%2Fshop/statuses/6dcb09b5"))
        #expect(call.headers["PRIVATE-TOKEN"] == "s3cret")
        #expect(
            body["name"] == .string("ocuroot/api@production")
                && body["target_url"] == .string("https://ci.example.com/#x"))
    }

    @Test func `Gitea is given the token in its own words`() throws {
        let (call, _) = try call(.gitea, .failure, api: "https://codeberg.org/api/v1")
        #expect(call.url.hasPrefix("https://codeberg.org/api/v1/repos/octocat/example/statuses/6dcb09b5"))
        #expect(call.headers["Authorization"] == "token s3cret")
    }

    @Test func `Bitbucket's key is bounded, the same for every commit, and its link never missing`() throws {
        let long = "ocuroot/a-package-with-a-long-name@production-europe"
        let (call, body) = try call(
            .bitbucket, .success, api: "https://api.bitbucket.org/2.0", context: long, link: nil)
        #expect(
            call.url.hasSuffix(
                "/2.0/repositories/octocat/example/commit/\(try status(.success).commit.hex)/statuses/build"))
        #expect(body["key"] == .string("ocuroot/a-package-with-a-lo-1c2fc4e528ee") && body["name"] == .string(long))
        #expect(body["url"] == .string("https://bitbucket.org/octocat/example"))
        #expect(StatusKey.bounded("ocuroot/api") == "ocuroot/api")
    }

    @Test func `Bitbucket takes access tokens, and a user's passwords for apps`() throws {
        let place = HostPlace(api: "https://h", project: "a/b", token: Secret("me:pass"))
        let call = try #require(StatusCall.make(try status(.success), at: place, of: .bitbucket, link: nil))
        #expect(call.headers["Authorization"] == "Basic bWU6cGFzcw==")
    }

    @Test func `Data Center's build statuses name no repository`() throws {
        let (call, body) = try call(.bitbucketDataCenter, .success, api: "https://bitbucket.example.com/rest")
        #expect(
            call.url
                == "https://bitbucket.example.com/rest/build-status/1.0/commits/6dcb09b5b57875f334f61aebed695e2e4193db5e"
        )
        #expect(body["key"] == .string("ocuroot/api@production"))
    }

    @Test(arguments: [
        (GitHost.github, "git@github.com:acme/shop.git", "https://api.github.com", "acme/shop"),
        (.github, "https://github.example.com:8443/acme/shop", "https://github.example.com:8443/api/v3", "acme/shop"),
        (.gitlab, "ssh://git@gitlab.com:22/a/b/shop.git", "https://gitlab.com/api/v4", "a/b/shop"),
        (.gitea, "https://user:pass@codeberg.org/acme/shop.git", "https://codeberg.org/api/v1", "acme/shop"),
        (.bitbucket, "git@bitbucket.org:acme/shop.git", "https://api.bitbucket.org/2.0", "acme/shop"),
        (
            .bitbucketDataCenter, "https://stash.example.com/scm/AC/shop.git", "https://stash.example.com/rest",
            "AC/shop"
        ),
    ])
    func `where the API is and what the repository is called is told from its URL`(
        host: GitHost, url: String, api: String, project: String
    ) {
        #expect(HostPlace.api(of: host, repository: url) == api)
        #expect(HostPlace.project(of: host, repository: url) == project)
    }

    @Test func `a repository without a server tells neither`() {
        #expect(HostPlace.api(of: .github, repository: "file:///srv/shop.git") == nil)
        #expect(HostPlace.project(of: .github, repository: "https://github.com/shop") == nil)
    }
}
