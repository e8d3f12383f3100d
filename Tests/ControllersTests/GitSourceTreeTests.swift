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

    @Test func `a link is named, on the file or on a directory above it, and others go on`() async throws {
        let repository = try RepositoryBuilder()
        let fine: FixtureFile = """
            load("github.com/ocuroot/sdk/v0/package.star", "package")
            package("fine")
            """
        let commit = try repository.commit(
            "links",
            [
                "fine/package.ocu.star": fine, "real/tools.star": "x = 1",
                "linked/package.ocu.star": .symlink(to: "../fine/package.ocu.star"), "tools": .symlink(to: "real"),
                "loads/package.ocu.star": "load(\"//tools/tools.star\", \"x\")", "dir/package.ocu.star/x": "",
            ])
        let readers = ReaderPool(path: repository.path)
        let tree = GitSourceTree(
            reader: RepositoryReader(readers), tree: try await readers.read { try $0.commit(commit).tree })
        let files = try await ConfigEvaluator().packageFiles(in: ["fine", "linked", "loads", "dir"], of: tree)
        #expect(files.map(\.packages.count) == [1, 0, 0, 0])
        let errors = files.dropFirst().map { file in
            if case .failure(let error) = file.outcome { error.description } else { "" }
        }
        #expect(errors[0].contains("linked/package.ocu.star is a symbolic link to '../fine/package.ocu.star'"))
        #expect(errors[1].contains("tools is a symbolic link to 'real', and symbolic links are not followed"))
        #expect(errors[2].contains("dir/package.ocu.star is a directory"))
    }
}
