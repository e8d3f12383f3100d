import Config
import Model
import Testing

@Suite struct RepoFileTests {
    private static let loads = """
        load("github.com/ocuroot/sdk/v0/repo.star", "repo")
        load("github.com/ocuroot/sdk/v0/environments.star", "environment")

        """

    private func declaration(_ text: String) async throws -> RepoDeclaration {
        try await ConfigEvaluator().repoFile(in: MemoryTree(["repo.ocu.star": Self.loads + text]))
    }

    private func error(_ text: String) async throws -> ConfigError {
        try await Fixtures.failure { _ = try await declaration(text) }
    }

    @Test func `a repo file declares its id and its environments in order`() async throws {
        let declared = try await declaration(
            """
            repo(id = "acme/shop")
            environment("staging", attributes = {"type": "staging", "replicas": 1})
            environment("production", {"type": "prod"})
            environment("old", archived = True)
            """)
        #expect(declared.name == "acme/shop")
        #expect(declared.environments.map(\.name) == ["staging", "production", "old"])
        #expect(declared.environments[0].attributes == ["type": .string("staging"), "replicas": .int(1)])
        #expect(declared.environments.map(\.isArchived) == [false, false, true])
    }

    @Test func `both versions of the SDK have the same repo modules`() async throws {
        let text = """
            load("github.com/ocuroot/sdk/v0.1-alpha/repo.star", "repo")
            load("github.com/ocuroot/sdk/v0.1-alpha/environments.star", "environment")
            repo("shop")
            environment("staging")
            """
        let declared = try await ConfigEvaluator().repoFile(in: MemoryTree(["repo.ocu.star": text]))
        #expect(declared.environments.map(\.name) == ["staging"])
    }

    @Test func `a repo without a repo file is told so`() async throws {
        let error = try await Fixtures.failure {
            _ = try await ConfigEvaluator().repoFile(in: MemoryTree(["README": ""]))
        }
        #expect(error.code == .missing)
        #expect(error.description.contains("no repo.ocu.star at its root"))
    }

    @Test func `an environment that is declared twice is an error that names the first place`() async throws {
        let error = try await error("repo('shop')\nenvironment('a')\nenvironment('a')\n")
        #expect(error.code == .invalid)
        #expect(error.location == "repo.ocu.star:5:12")
        #expect(error.cause.contains("declared twice: first at repo.ocu.star:4:12"), "\(error)")
    }

    @Test func `a repo file without repo(), or with two, is an error`() async throws {
        #expect(try await error("environment('a')").cause.contains("does not call repo(id=…)"))
        #expect(try await error("repo('a')\nrepo('b')").cause.contains("already declared as 'a'"))
    }

    @Test(arguments: ["''", "' a'", "'a\\n'", "'" + String(repeating: "x", count: 201) + "'"])
    func `names are checked`(name: String) async throws {
        #expect(try await error("repo(\(name))").cause.contains("the name of a repo"))
        #expect(try await error("repo('a')\nenvironment(\(name))").cause.contains("the name of an environment"))
    }

    @Test func `a name that no command can address is refused where it stands, with the rule`() async throws {
        let error = try await error("repo('git@host/shop')\nenvironment('prod@eu')")
        #expect(error.location == "repo.ocu.star:4:12")
        #expect(error.cause.contains("'prod@eu' cannot be the name of an environment: it contains '@'"), "\(error)")
        #expect(error.cause.contains("a name has 1 to 200 bytes, no spaces"), "\(error)")
    }

    @Test func `a repo file that is a symbolic link is told so`() async throws {
        let error = try await Fixtures.failure {
            _ = try await ConfigEvaluator().repoFile(
                in: MemoryTree(["x.star": ""], links: ["repo.ocu.star": "x.star"]))
        }
        #expect(error.code == .invalid)
        #expect(
            error.description.contains(
                "repo.ocu.star is a symbolic link to 'x.star', and symbolic links are not followed"), "\(error)")
    }

    @Test func `attributes that cannot be recorded are refused by their path`() async throws {
        let error = try await error("repo('shop')\nenvironment('a', {'x': [1, len]})")
        #expect(error.location == "repo.ocu.star:4:12")
        #expect(error.cause.contains("attributes of environment 'a'"), "\(error)")
    }

    @Test func `a misspelt keyword is told what was meant`() async throws {
        let error = try await error("repo('shop')\nenvironment('a', atributes = {})")
        #expect(error.cause.contains("atributes"))
        #expect(error.cause.contains("did you mean"), "\(error)")
        #expect(error.cause.contains("attributes"))
    }

    @Test func `a tree that cannot be read is not the config's fault`() async throws {
        let error = try await Fixtures.failure { _ = try await ConfigEvaluator().repoFile(in: BrokenTree()) }
        #expect(error.code == .unreadable)
        #expect(error.description.contains("the object database is gone"))
    }
}
