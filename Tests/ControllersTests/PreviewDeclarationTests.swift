import Model
import Testing

@testable import DeliverController

struct PreviewDeclarationTests {
    private let declaration = RepoDeclaration(
        name: "shop",
        environments: [
            EnvironmentDeclaration(
                name: "staging", attributes: ["size": .string("small"), "branch": .string("none")], isArchived: false),
            EnvironmentDeclaration(name: "prod", attributes: ["size": .string("large")], isArchived: false),
        ])

    private func origin(like: EnvironmentName?) throws -> PreviewOrigin {
        PreviewOrigin(
            repo: try #require(RepoID("o1")), ref: "refs/heads/feature/x", environment: "preview-feature-x", like: like)
    }

    @Test func `a preview declares its own environment alone, with what the other has and what it is`() throws {
        let made = try PreviewDeclaration.make(declaration, of: try origin(like: "staging"))
        #expect(made.environments.map(\.name) == ["preview-feature-x"])
        #expect(
            made.environments[0].attributes == [
                "size": .string("small"), "preview": .bool(true), "branch": .string("feature/x"),
            ])
        let bare = try PreviewDeclaration.make(declaration, of: try origin(like: nil))
        #expect(bare.environments[0].attributes == ["preview": .bool(true), "branch": .string("feature/x")])
    }

    @Test func `a branch without the environment that previews are like says so, and no preview is left as it is`()
        throws
    {
        let error = #expect(throws: PreviewDeclaration.MissingModel.self) {
            try PreviewDeclaration.make(declaration, of: try origin(like: "test"))
        }
        #expect(error?.description.contains("branch feature/x declares no environment 'test'") == true)
        #expect(try PreviewDeclaration.make(declaration, of: nil) == declaration)
    }
}
