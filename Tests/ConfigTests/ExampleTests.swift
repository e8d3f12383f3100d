import Config
import Foundation
import Model
import Testing

@Suite struct ExampleTests {
    private let tree = DirectoryTree(
        root: URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "examples/quickstart").path)

    @Test func `the quickstart declares a shop with two environments and two packages`() async throws {
        let evaluator = ConfigEvaluator()
        let repo = try await evaluator.repoFile(in: tree)
        #expect(repo.environments.map(\.name) == ["staging", "production"])
        let files = try await evaluator.packageFiles(in: ["greeter", "frontdoor"], of: tree)
        for file in files { _ = try file.outcome.get() }
        #expect(files.flatMap(\.declarations).map(\.name) == ["greeter", "frontdoor"])
        #expect(files.allSatisfy { $0.loads.map(\.path) == ["tools/street.star"] })
    }

    @Test func `the quickstart's greeter reaches production once staging has passed`() async throws {
        let file = try await ConfigEvaluator().packageFile(in: "greeter", of: tree)
        let greeter = try #require(file["greeter"])
        func answer(_ environment: EnvironmentName, _ annotations: JSONObject) throws -> PolicyAnswer {
            greeter.policy(try Fixtures.facts(annotations: annotations, environment: environment)).answer
        }
        let ready = PolicyAnswer.ready(inputs: [:], validAfterSeconds: 0)
        #expect(try answer("staging", [:]) == ready)
        #expect(try answer("production", [:]) == .later(message: "waiting for staging to pass"))
        #expect(try answer("production", ["staging": .string("passed")]) == ready)
    }
}
