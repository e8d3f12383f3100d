import Config
import Foundation
import Git
import Repositories
import TestSupport
import Testing

@Suite struct GitSourceTreeTests {
    @Test func `a package file that is too large fails alone and by its name`() async throws {
        let repository = try RepositoryBuilder()
        let commit = try repository.commit(
            "large",
            [
                "fine/package.ocu.star": """
                load("github.com/ocuroot/sdk/v0/package.star", "package")
                package("fine")
                """,
                "huge/package.ocu.star": .bytes([UInt8](repeating: UInt8(ascii: "#"), count: 5 << 20)),
            ])
        let readers = ReaderPool(path: repository.path)
        let tree = GitSourceTree(
            reader: RepositoryReader(readers), tree: try await readers.read { try $0.commit(commit).tree })
        let files = try await ConfigEvaluator().packageFiles(in: ["fine", "huge"], of: tree)
        #expect(throws: Never.self) { try files[0].outcome.get() }
        let error = #expect(throws: ConfigError.self) { try files[1].outcome.get() }
        #expect(error?.description.contains("huge/package.ocu.star") == true)
    }
}
